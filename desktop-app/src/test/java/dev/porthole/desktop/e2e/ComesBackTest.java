package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Porthole;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.observe.Subscription;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What runs comes back by itself after either side was gone. */
class ComesBackTest {
    // B-B13, B-E4: nobody lifts a finger.
    @Test
    void restartedServerServesTheSameAddressAgain() throws Exception {
        try (World world = World.start();
                LocalApp app = LocalApp.saying("still here")) {
            Tunnel tunnel = world.share(app.port()).tunnel();
            assertThat(Visitor.get(tunnel.url(), "/").text()).isEqualTo("still here");

            world.stopServer();
            Instant restarted = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            world.startServer();

            awaitTunnel(
                    world.porthole(),
                    tunnel.id(),
                    state -> state.phase() == TunnelState.Phase.READY
                            && since(state).isAfter(restarted));
            assertThat(Visitor.get(tunnel.url(), "/").text()).isEqualTo("still here");
        }
    }

    // B-B6
    @Test
    void restartedProgramCarriesAgainWhatItCarried() throws Exception {
        try (World world = World.start();
                LocalApp app = LocalApp.saying("carried")) {
            PortholeHome home = PortholeHome.in(world.folder().resolve("other"));
            Tunnel tunnel;
            try (Porthole first = Porthole.open(home, Porthole.Options.of("test"))) {
                world.signIn(first);
                first.keepTunnels();
                tunnel = first.share(ShareRequest.of(Endpoint.parse(String.valueOf(app.port()))), _ -> {})
                        .tunnel();
            }
            Visitor.Response meanwhile = Visitor.get(tunnel.url(), "/");
            assertThat(meanwhile.status()).isEqualTo(503);
            assertThat(meanwhile.head().field("porthole-error")).isEqualTo("tunnel_offline");

            Instant reopened = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            try (Porthole second = Porthole.open(home, Porthole.Options.of("test"))) {
                second.keepTunnels();

                TunnelState state = awaitTunnel(
                        second,
                        tunnel.id(),
                        one -> one.here()
                                && one.phase() == TunnelState.Phase.READY
                                && !since(one).isBefore(reopened));
                assertThat(state.tunnel().url()).isEqualTo(tunnel.url());
                assertThat(Visitor.get(tunnel.url(), "/").text()).isEqualTo("carried");
            }
        }
    }

    private static Instant since(TunnelState state) {
        return state.tunnel().condition(Condition.Type.Ready).orElseThrow().since();
    }

    private static TunnelState awaitTunnel(Porthole porthole, String id, Predicate<TunnelState> wanted)
            throws Exception {
        CompletableFuture<TunnelState> seen = new CompletableFuture<>();
        try (Subscription _ = porthole.tunnels().subscribe(tunnels -> find(tunnels, id, wanted, seen))) {
            return seen.get(60, TimeUnit.SECONDS);
        }
    }

    private static void find(
            List<TunnelState> tunnels, String id, Predicate<TunnelState> wanted, CompletableFuture<TunnelState> seen) {
        tunnels.stream()
                .filter(state -> state.tunnel().id().equals(id) && wanted.test(state))
                .findFirst()
                .ifPresent(seen::complete);
    }
}
