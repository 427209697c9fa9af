package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Tunnel;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A developer's page behind Vite, with hot reload, in a visitor's browser. */
@Tag("browser")
@Tag("tools")
class ViteTest {
    @TempDir
    private static Path folder;

    private static DevServer vite;

    @BeforeAll
    static void startVite() throws Exception {
        vite = DevServer.vite(folder);
    }

    @AfterAll
    static void stopVite() {
        vite.close();
    }

    // B-D6, T-W6
    @Test
    void editShowsThroughTheTunnelWithoutAReload() throws Exception {
        try (World world = World.start();
                Browser browser = Browser.start()) {
            browser.open(world.share(vite.port()).tunnel().url());

            expectHotReload(browser);
        }
    }

    // Vite lets no other names in than localhost's, against DNS rebinding.
    @Test
    void pageThatRefusesThePublicNameWorksWithItsOwn() throws Exception {
        try (World world = World.start("tunnels.test");
                Browser browser = Browser.start("--host-resolver-rules=MAP *.tunnels.test 127.0.0.1")) {
            Tunnel tunnel = world.share(vite.port()).tunnel();
            assertThat(URI.create(tunnel.url()).getHost()).endsWith(".tunnels.test");
            assertThat(Visitor.get(tunnel.url(), "/").status()).isEqualTo(403);
            browser.open(tunnel.url());
            assertThat(browser.text()).contains("Blocked request").contains("not allowed");
            BlockedHost hint =
                    Objects.requireNonNull(world.awaitTunnel(tunnel.id(), state -> state.blockedHost() != null)
                            .blockedHost());
            assertThat(hint.app()).isEqualTo("Vite");
            assertThat(hint.advice(tunnel.hostHeader())).contains("server.allowedHosts");

            world.porthole().show(tunnel.id(), HostHeader.localhost());
            world.awaitTunnel(tunnel.id(), state -> state.blockedHost() == null);
            browser.open(tunnel.url());
            expectHotReload(browser);

            world.porthole().stop(tunnel.id());
            Tunnel again = world.share(vite.port()).tunnel();
            assertThat(again.hostHeader()).as("the tunnel keeps it").isEqualTo(HostHeader.localhost());
            ShareRequest asVisitor =
                    new ShareRequest(Endpoint.parse(String.valueOf(vite.port())), null, null, HostHeader.visitor());
            assertThat(world.porthole().share(asVisitor, _ -> {}).tunnel().hostHeader())
                    .isEqualTo(HostHeader.visitor());
            assertThat(Visitor.get(tunnel.url(), "/").status()).isEqualTo(403);
        }
    }

    private static void expectHotReload(Browser browser) throws Exception {
        String before = "Before " + System.identityHashCode(browser);
        vite.writeHeading(before);
        browser.open(browser.address());
        browser.awaitHeading(before);
        List<String> connecting = browser.awaitConsole("[vite] connected.");
        // Vite's script would dial this computer directly if the WebSocket did not come through the tunnel.
        assertThat(connecting).noneMatch(line -> line.contains("fallback") || line.contains("failed to connect"));
        browser.script("window.survivor = 'not reloaded'");

        vite.writeHeading("Edited");

        browser.awaitHeading("Edited");
        assertThat(browser.script("return window.survivor")).isEqualTo("not reloaded");
    }
}
