package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.server.LeaseCount;
import dev.porthole.server.PortholeServer;
import dev.porthole.server.StandardComposition;
import dev.porthole.server.config.ServerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Signing in as people do: in a browser, which comes back to a port of the program that waits. */
@Tag("browser")
class BrowserSignInTest {
    private static final String USER = "ada";
    private static final String PASSWORD = "engines weave algebra";

    @TempDir
    private Path folder;

    private Browser browser;

    @BeforeEach
    void startBrowser() throws Exception {
        browser = Browser.start();
    }

    @AfterEach
    void endBrowser() {
        browser.close();
    }

    /** A sign-in that waits for the browser. */
    private record Waiting(CompletableFuture<URI> opened, CompletableFuture<SignIn.SignedIn> result, Thread thread) {
        static Waiting in(Porthole porthole, PortholeServer server) {
            CompletableFuture<URI> opened = new CompletableFuture<>();
            CompletableFuture<SignIn.SignedIn> result = new CompletableFuture<>();
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    result.complete(porthole.signInWithBrowser("localhost:" + port(server), opened::complete));
                } catch (PortholeException | RuntimeException failed) {
                    opened.completeExceptionally(failed);
                    result.completeExceptionally(failed);
                }
            });
            return new Waiting(opened, result, thread);
        }

        URI address() throws Exception {
            return opened.get(30, TimeUnit.SECONDS);
        }

        SignIn.SignedIn signedIn() throws Exception {
            return result.get(30, TimeUnit.SECONDS);
        }
    }

    private PortholeServer serve(Map<String, String> environment) {
        return PortholeServer.start(settings(), false, new StandardComposition(environment), LeaseCount.unlimited());
    }

    private ServerSettings settings() {
        return new ServerSettings(
                folder.resolve("server"), "127.0.0.1", 0, null, "localhost", ServerSettings.LogLevel.warn);
    }

    private PortholeServer serveWithAccount() {
        return serve(Map.of("PORTHOLE_ADMIN_USER", USER, "PORTHOLE_ADMIN_PASSWORD", PASSWORD));
    }

    private Porthole porthole(String home) throws PortholeException {
        return Porthole.open(PortholeHome.in(folder.resolve(home)), Porthole.Options.of("test"));
    }

    private static int port(PortholeServer server) {
        return server.address().getPort();
    }

    private void signIn(String password) {
        browser.type("user", USER);
        browser.type("password", password);
        browser.press("Sign in");
    }

    // B-B1
    @Test
    void passwordInTheBrowserSignsTheWaitingProgramIn() throws Exception {
        try (PortholeServer server = serveWithAccount();
                Porthole porthole = porthole("home")) {
            Waiting waiting = Waiting.in(porthole, server);
            browser.openTab(waiting.address());
            assertThat(browser.address()).startsWith("http://porthole.localhost:" + port(server) + "/");

            signIn("not the password");
            browser.awaitText(By.cssSelector("[role=alert]"), "User name or password is wrong.");
            assertThat(browser.find(By.name("user")).getDomProperty("value")).isEqualTo(USER);
            assertThat(waiting.result()).isNotDone();

            signIn(PASSWORD);
            browser.awaitHeading("Signed in");
            assertThat(browser.text()).contains("You can close this tab");
            assertThat(browser.address()).startsWith("http://127.0.0.1:").contains("/callback?");
            assertThat(browser.script("return getComputedStyle(document.body).display"))
                    .isEqualTo("grid");
            assertThat(browser.policyViolations()).isEmpty();

            SignIn.SignedIn signedIn = waiting.signedIn();
            assertThat(signedIn.user().name()).isEqualTo(USER);
            assertThat(signedIn.embedded()).isFalse();
            assertThat(porthole.signIn().get()).isEqualTo(signedIn);
            assertThat(porthole.projects()).hasSize(1);
        }
    }

    // B-B1: prompt=select_account
    @Test
    void secondSignInAsksWhichAccountInsteadOfTakingTheBrowsersSilently() throws Exception {
        try (PortholeServer server = serveWithAccount();
                Porthole first = porthole("first");
                Porthole second = porthole("second")) {
            Waiting waiting = Waiting.in(first, server);
            browser.openTab(waiting.address());
            signIn(PASSWORD);
            assertThat(waiting.signedIn().user().name()).isEqualTo(USER);

            Waiting again = Waiting.in(second, server);
            browser.openTab(again.address());
            assertThat(browser.heading()).isEqualTo("Choose an account");
            assertThat(again.result()).isNotDone();
            browser.press("Continue as " + USER);
            browser.awaitHeading("Signed in");

            assertThat(again.signedIn().user()).isEqualTo(waiting.signedIn().user());
            assertThat(browser.policyViolations()).isEmpty();
        }
    }

    // B-B1
    @Test
    void givingUpClosesThePortThatTheBrowserWouldComeBackTo() throws Exception {
        try (PortholeServer server = serveWithAccount();
                Porthole porthole = porthole("home")) {
            Waiting waiting = Waiting.in(porthole, server);
            browser.openTab(waiting.address());
            assertThat(browser.heading()).isEqualTo("Sign in");

            waiting.thread().interrupt();

            assertThatThrownBy(waiting::signedIn)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            PortholeException.class,
                            cancelled -> assertThat(cancelled.kind()).isEqualTo(PortholeException.Kind.CANCELLED));
            assertThat(porthole.signIn().get()).isEqualTo(new SignIn.SignedOut());
            signIn(PASSWORD);
            browser.awaitTextContaining("ERR_CONNECTION_REFUSED");
        }
    }

    // T-I7
    @Test
    void aDeviceWithoutABrowserIsLetInFromAnother() throws Exception {
        try (PortholeServer server = serveWithAccount();
                Porthole porthole = porthole("home")) {
            CompletableFuture<String> code = new CompletableFuture<>();
            CompletableFuture<SignIn.SignedIn> result = new CompletableFuture<>();
            Thread _ = Thread.ofVirtual().start(() -> {
                try {
                    result.complete(porthole.signInWithDevice(
                            "localhost:" + port(server), (shown, address, complete) -> code.complete(shown)));
                } catch (PortholeException | RuntimeException failed) {
                    code.completeExceptionally(failed);
                    result.completeExceptionally(failed);
                }
            });
            String shown = code.get(30, TimeUnit.SECONDS);
            browser.open("http://porthole.localhost:" + port(server) + "/device");
            signIn(PASSWORD);
            browser.awaitHeading("Sign in a device");
            browser.type("user_code", shown.toLowerCase(java.util.Locale.ROOT));
            browser.press("Continue");
            browser.awaitHeading("Sign in this device?");
            assertThat(browser.text()).contains(shown, "Porthole (app or command line)", "127.0.0.1", "trick");

            browser.press("Sign in");
            browser.awaitHeading("The device is signed in");

            assertThat(result.get(30, TimeUnit.SECONDS).user().name()).isEqualTo(USER);
            assertThat(browser.policyViolations()).isEmpty();
        }
    }

    // B-B1, T-I10: a server's first account belongs to whoever reads its log.
    @Test
    void oneTimeCodeMakesTheFirstAccountAndGoesOnToTheWaitingProgram() throws Exception {
        SetupCodeReader composition = new SetupCodeReader(new StandardComposition(Map.of()));
        try (PortholeServer server = PortholeServer.start(settings(), false, composition, LeaseCount.unlimited());
                Porthole porthole = porthole("home")) {
            Waiting waiting = Waiting.in(porthole, server);
            browser.openTab(waiting.address());
            assertThat(browser.heading()).isEqualTo("Welcome to your server");

            setUp("2222-2222-2222");
            assertThat(browser.find(By.id("code-problem")).getText()).isNotBlank();
            assertThat(waiting.result()).isNotDone();

            setUp(composition.code());
            browser.awaitHeading("Signed in");
            assertThat(waiting.signedIn().user().name()).isEqualTo(USER);
            assertThat(browser.policyViolations()).isEmpty();

            browser.open("http://porthole.localhost:" + port(server) + "/setup");
            assertThat(browser.text()).doesNotContain("Make the first account");
        }
    }

    private void setUp(String code) {
        browser.type("code", code);
        browser.type("user", USER);
        browser.type("password", PASSWORD);
        browser.press("Create account");
    }
}
