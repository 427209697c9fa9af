package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.LeaseCount;
import dev.porthole.server.PortholeServer;
import dev.porthole.server.StandardComposition;
import dev.porthole.server.config.ServerSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The console in a real browser, with script and without. */
@Tag("browser")
@Tag("tools")
class ConsoleVisitTest {
    private static final String USER = "ada";
    private static final String PASSWORD = "quiet harbour kite 7";

    /** Looked at by people; git ignores them. */
    private static final Path PICTURES = Path.of("target", "screenshots", "console");

    /** Which have to be found by links alone. */
    private static final List<String> PAGES = List.of(
            "/",
            "/console/projects",
            "/console/projects/new",
            "/console/projects/{id}/tunnels",
            "/console/projects/{id}/tunnels/new",
            "/console/projects/{id}/tunnels/{id}",
            "/console/projects/{id}/tunnels/{id}/edit",
            "/console/projects/{id}/tunnels/{id}/move",
            "/console/projects/{id}/tunnels/{id}/delete",
            "/console/projects/{id}/connectors",
            "/console/projects/{id}/connectors/new",
            "/console/projects/{id}/connectors/{id}",
            "/console/projects/{id}/connectors/{id}/connection",
            "/console/projects/{id}/connectors/{id}/rotate",
            "/console/projects/{id}/connectors/{id}/remove",
            "/console/projects/{id}/keys",
            "/console/projects/{id}/keys/new",
            "/console/projects/{id}/keys/{id}/rotate",
            "/console/projects/{id}/keys/{id}/revoke",
            "/console/projects/{id}/members",
            "/console/projects/{id}/members/invite",
            "/console/projects/{id}/audit",
            "/console/projects/{id}/settings",
            "/console/projects/{id}/settings/delete",
            "/console/account",
            "/console/account/password",
            "/second-factor",
            "/console/admin/users",
            "/console/admin/users/invite",
            "/console/admin/users/{id}",
            "/console/admin/clients",
            "/console/admin/clients/new",
            "/console/admin/audit",
            "/console/admin/health",
            "/console/admin/data",
            "/console/admin/data/{table}");

    @TempDir
    private static Path folder;

    private static PortholeServer server;
    private static Axe axe;

    @BeforeAll
    static void start() throws Exception {
        axe = Axe.install(Files.createDirectory(folder.resolve("axe")));
        server = PortholeServer.start(
                new ServerSettings(
                        folder.resolve("server"), "127.0.0.1", 0, null, "localhost", ServerSettings.LogLevel.warn),
                false,
                new StandardComposition(Map.of("PORTHOLE_ADMIN_USER", USER, "PORTHOLE_ADMIN_PASSWORD", PASSWORD)),
                LeaseCount.unlimited());
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static String page(String path) {
        return "http://porthole.localhost:" + server.address().getPort() + path;
    }

    private static void signIn(Browser browser) {
        browser.open(page("/"));
        browser.type("user", USER);
        browser.type("password", PASSWORD);
        browser.press("Sign in");
        browser.awaitHeading("Your tunnels");
    }

    /** Makes a project of its own for a test, and gives the address of its pages. */
    private static String project(Browser browser, String name) {
        browser.open(page("/console/projects/new"));
        browser.type("name", name);
        browser.press("Make project");
        browser.awaitHeading("Tunnels");
        return browser.address().replaceAll("/tunnels.*", "");
    }

    private static String tunnel(Browser browser, String project, String label, String endpoint) {
        browser.open(project + "/tunnels/new");
        browser.type("endpoint", endpoint);
        browser.type("label", label);
        browser.press("Make tunnel");
        browser.awaitHeading(label);
        return browser.address().replaceAll("\\?.*", "");
    }

    /** Makes a project with something of each kind, so that each kind of page has an address. */
    private static String filled(Browser browser, String colours) {
        String project = project(browser, "Faults, " + colours);
        tunnel(browser, project, "Web shop", "3000");
        browser.open(project + "/connectors/new");
        browser.type("name", "build server");
        browser.press("Make connector");
        browser.awaitHeading("Connect build server");
        browser.open(project + "/keys/new");
        browser.type("name", "CI");
        browser.press("Make key");
        browser.awaitHeading("CI");
        browser.open(project + "/members/invite");
        browser.press("Make link");
        browser.awaitHeading("Invitation");
        browser.open(page("/console/admin/clients/new"));
        browser.type("name", "Dashboard, " + colours);
        browser.type("redirectUris", "https://dashboard.example/back");
        browser.press("Register");
        browser.awaitHeading("Dashboard, " + colours);
        return project;
    }

    // B-D13, T-I10
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyPageIsFreeOfSeriousFaultsAndOfWhatItsPolicyForbids(String colours) throws Exception {
        try (Browser browser = Browser.start()) {
            browser.prefer(colours);
            signIn(browser);
            String project = filled(browser, colours);
            browser.console();

            Map<String, String> visited = new Crawl(browser, URI.create(project + "/tunnels")).run(kind -> {
                assertThat(browser.heading()).as(kind).isNotBlank().isNotEqualTo("Nothing is here");
                browser.picture(PICTURES.resolve(colours).resolve(fileName(kind)));
                assertThat(axe.seriousFaults(browser)).as(kind).isEmpty();
                assertThat(browser.policyViolations()).as(kind).isEmpty();
            });

            assertThat(visited).containsKeys(PAGES.toArray(String[]::new));
        }
    }

    private static String fileName(String kind) {
        return kind.equals("/") ? "front.png" : kind.substring(1).replaceAll("[/{}]+", "-") + ".png";
    }

    // B-D13
    @Test
    void everyFormWorksWithoutScript() throws Exception {
        try (Browser browser = Browser.start()) {
            browser.disableScript();
            signIn(browser);
            String project = project(browser, "No script");
            String tunnel = tunnel(browser, project, "Shop", "5173");
            browser.press("Sign out");
            signIn(browser);
            browser.open(tunnel + "/edit");
            browser.type("label", "Renamed shop");
            browser.press("Save");
            browser.awaitHeading("Renamed shop");
            browser.open(project + "/keys/new");
            browser.type("name", "CI");
            browser.press("Make key");
            browser.awaitHeading("CI");
            browser.open(project + "/members/invite");
            browser.press("Make link");
            browser.awaitHeading("Invitation");
            browser.open(tunnel + "/delete");
            browser.press("Delete tunnel");
            browser.awaitHeading("Tunnels");
            assertThat(browser.text()).contains("The tunnel is deleted.");
            browser.open(project + "/settings/delete");
            browser.press("Delete project");
            browser.awaitHeading("Projects");
        }
    }

    // B-D13, B-B15: what another page does shows here without a reload.
    @Test
    void listFollowsWhatHappensElsewhere() throws Exception {
        try (Browser watching = Browser.start();
                Browser working = Browser.start()) {
            signIn(working);
            String project = project(working, "Live");
            signIn(watching);
            watching.open(project + "/tunnels");
            assertThat(watching.text()).contains("No tunnels yet");
            watching.script("window.survivor = 'not reloaded'");

            String tunnel = tunnel(working, project, "Arrived", "4000");

            watching.awaitOne(By.cssSelector(".line .name a"), "Arrived");
            assertThat(watching.script("return document.getElementById('news').textContent"))
                    .isEqualTo("Arrived: off");
            working.open(tunnel + "/delete");
            working.press("Delete tunnel");
            watching.awaitTextContaining("No tunnels yet");
            assertThat(watching.script("return window.survivor")).isEqualTo("not reloaded");
        }
    }

    // B-C8, B-B15: Esc answers a question with no.
    @Test
    void escapeLeavesAQuestionWithoutSendingIt() throws Exception {
        try (Browser browser = Browser.start()) {
            signIn(browser);
            String tunnel = tunnel(browser, project(browser, "Escape"), "Kept", "6000");
            browser.open(tunnel + "/delete");
            browser.key(Keys.ESCAPE);
            browser.awaitHeading("Kept");
            assertThat(browser.address()).isEqualTo(tunnel);
        }
    }
}
