package dev.porthole.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Ids;
import dev.porthole.server.PublicPort;
import dev.porthole.server.console.Assets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for all pages of the console. */
class ConsoleTest {
    private ConsoleServer server;
    private Tab tab;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        server = new ConsoleServer(data);
        tab = server.tab();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> pages() {
        return List.of(
                "/console/projects",
                "/console/projects/new",
                server.at("/tunnels"),
                server.at("/tunnels/new"),
                server.at("/connectors"),
                server.at("/keys"),
                server.at("/keys/new"),
                server.at("/members"),
                server.at("/members/invite"),
                server.at("/settings"),
                server.at("/settings/delete"),
                server.at("/events"));
    }

    @Test // B-D13
    void whoeverIsNotSignedInGetsTheSignInPageAndNothingElse() {
        Tab stranger = new Tab(server.port);
        assertThat(Tab.location(stranger.get("/"))).isEqualTo("/sign-in");
        for (String page : pages()) {
            PublicPort.Answer answer = stranger.get(page);
            assertThat(answer.status()).as(page).isEqualTo(401);
            assertThat(answer.body()).as(page).contains("name=\"password\"").doesNotContain("class=\"rail\"");
        }
        assertThat(stranger.post(server.at("/tunnels/new"), Map.of("endpoint", "3000"))
                        .status())
                .isEqualTo(401);
    }

    @Test // B-D13
    void frontPageShowsOnesOwnTunnelsWithTheirState() throws IOException {
        server.tunnel("{\"endpoint\":\"3000\",\"label\":\"Web shop\",\"name\":\"happy-panda-dancing\"}");
        assertThat(tab.get("/").body())
                .contains("Web shop", "happy-panda-dancing.localhost", "localhost:3000")
                .contains("data-state=\"off\"");
    }

    @Test // T-C1, B-D13
    void whatIsSomeoneElsesIsNotThere() {
        String foreign = "/console/projects/" + Ids.next("prj");
        for (String page : List.of("/tunnels", "/tunnels/new", "/connectors", "/keys", "/members", "/settings", "/events")) {
            assertThat(tab.get(foreign + page).status()).as(page).isEqualTo(404);
        }
        assertThat(tab.get(server.at("/tunnels/" + Ids.next("tun"))).status()).isEqualTo(404);
        assertThat(tab.get("/console/nothing").status()).isEqualTo(404);
    }

    @Test // T-I10
    void pagesRunTheirOwnScriptAloneAndAreNeitherFramedNorKept() {
        tab.get("/");
        for (String page : List.of("/", "/console/projects", server.at("/tunnels"), server.at("/nothing"))) {
            PublicPort.Answer answer = tab.get(page);
            assertThat(answer.head())
                    .as(page)
                    .contains("frame-ancestors 'none'", "default-src 'none'", "form-action 'self'")
                    .containsIgnoringCase("cache-control: no-store")
                    .containsIgnoringCase("referrer-policy: no-referrer")
                    .doesNotContain("unsafe");
            assertThat(answer.body()).as(page).doesNotContain("style=", "onclick", "<script>", "javascript:");
        }
        PublicPort.Answer page = tab.get(server.at("/tunnels"));
        assertThat(page.head()).contains("script-src 'self'", "connect-src 'self'");
        assertThat(page.body()).contains("<script src=\"" + Assets.SCRIPT + "\" defer></script>");
        assertThat(tab.get(Assets.SCRIPT).head()).contains("text/javascript").contains("immutable");
    }

    @Test // T-I10
    void formWithoutItsTokenDoesNothing() throws IOException {
        tab.get(server.at("/tunnels/new"));
        assertThat(tab.post(server.at("/tunnels/new"), Map.of("endpoint", "3000"))
                        .status())
                .isEqualTo(403);
        tab.get(server.at("/tunnels/new"));
        tab.extraFields.put("Sec-Fetch-Site", "cross-site");
        assertThat(tab.submit("/tunnels/new", Map.of("endpoint", "3000")).status())
                .isEqualTo(403);
        assertThat(server.api("GET", "/tunnels", null).path("total").asInt()).isZero();
    }

    @Test // T-I10
    void anotherBrowsersFormDoesNothing() throws IOException {
        Tab other = server.tab();
        other.get(server.at("/tunnels/new"));
        Map<String, String> own = Map.copyOf(tab.cookies);
        other.cookies.clear();
        other.cookies.putAll(own);
        assertThat(other.submit("/tunnels/new", Map.of("endpoint", "3000")).status())
                .isEqualTo(403);
        assertThat(server.api("GET", "/tunnels", null).path("total").asInt()).isZero();
    }

    @Test // B-D13
    void endedSessionLeadsToTheSignInPage() {
        tab.get("/");
        tab.submit("/sign-out", Map.of());
        assertThat(tab.get(server.at("/tunnels")).status()).isEqualTo(401);
    }

    @Test // T-L4
    void whatPeopleTypeIsShownAsText() throws IOException {
        String markup = "<img src=x onerror=alert(1)>\\\"'";
        String id = server.tunnel("{\"endpoint\":\"3000\",\"label\":\"" + markup + "\"}");
        for (String page : List.of(
                "/", server.at("/tunnels"), server.at("/tunnels/" + id), server.at("/tunnels/" + id + "/delete"))) {
            assertThat(tab.get(page).body())
                    .as(page)
                    .contains("&lt;img src=x onerror=alert(1)&gt;")
                    .doesNotContain("<img", "alert(1)>\"");
        }
        tab.get(server.at("/tunnels/new"));
        assertThat(tab.submit("/tunnels/new", Map.of("endpoint", "<script>alert(1)</script>"))
                        .body())
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>");
    }
}
