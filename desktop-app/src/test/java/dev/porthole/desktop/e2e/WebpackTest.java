package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Tunnel;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A developer's page behind webpack's development server, which lets no public names in. */
@Tag("tools")
class WebpackTest {
    @TempDir
    private Path folder;

    // T-W3
    @Test
    void pageThatRefusesThePublicNameWorksWithItsOwn() throws Exception {
        try (DevServer webpack = DevServer.webpack(folder);
                World world = World.start("tunnels.test")) {
            Tunnel tunnel = world.share(webpack.port()).tunnel();
            Visitor.Response refused = Visitor.get(tunnel.url(), "/");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).isEqualTo("Invalid Host header");
            BlockedHost hint =
                    Objects.requireNonNull(world.awaitTunnel(tunnel.id(), state -> state.blockedHost() != null)
                            .blockedHost());
            assertThat(hint.app()).isEqualTo("webpack-dev-server");
            assertThat(hint.advice(tunnel.hostHeader())).contains("devServer.allowedHosts");

            world.porthole().show(tunnel.id(), HostHeader.localhost());
            world.awaitTunnel(tunnel.id(), state -> state.blockedHost() == null);
            assertThat(Visitor.get(tunnel.url(), "/").text()).contains("Hello from webpack");
            assertThat(Visitor.get(tunnel.url(), "/main.js").text()).contains("shop");
        }
    }
}
