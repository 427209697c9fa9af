package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.TunnelState;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What a visitor's browser makes of a shared port and of the edge's own pages. */
@Tag("browser")
class BrowserVisitTest {
    private static World world;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        world = World.start();
        browser = Browser.start();
    }

    @AfterAll
    static void end() throws Exception {
        browser.close();
        world.close();
    }

    private static LocalApp page() throws Exception {
        byte[] html = """
                <!doctype html><title>Shop</title><h1>Shop</h1><p id="cookie"></p>
                <script>document.getElementById('cookie').textContent = document.cookie</script>
                """.getBytes(StandardCharsets.UTF_8);
        return LocalApp.start((_, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: basket=7; Path=/\r\nContent-Length: "
                            + html.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(html);
            out.flush();
        });
    }

    // B-B5, B-D4
    @Test
    void sharedPageOpensRunsItsScriptsAndKeepsItsCookies() throws Exception {
        try (LocalApp app = page()) {
            browser.open(world.share(app.port()).tunnel().url());

            assertThat(browser.heading()).isEqualTo("Shop");
            browser.awaitText(By.id("cookie"), "basket=7");
        }
    }

    // B-E4, B-D7, T-I10
    @Test
    void edgesOwnPagesLookAsTheyShouldUnderTheirOwnPolicy() throws Exception {
        LocalApp app = page();
        TunnelState shared = world.share(app.port());
        app.close();
        expectPage(shared.tunnel().url(), "502");

        world.porthole().stop(shared.tunnel().id());
        expectPage(shared.tunnel().url(), "503");

        expectPage("http://no-such-name.localhost:" + world.port(), "404");
        assertThat(browser.text()).contains("no-such-name");
    }

    private static void expectPage(String address, String status) {
        browser.open(address);
        assertThat(browser.find(By.tagName("footer")).getText()).contains(status);
        assertThat(browser.heading()).isNotBlank();
        assertThat(browser.script("return getComputedStyle(document.body).display"))
                .as("the style sheet is let in")
                .isEqualTo("grid");
        assertThat(browser.policyViolations()).isEmpty();
    }
}
