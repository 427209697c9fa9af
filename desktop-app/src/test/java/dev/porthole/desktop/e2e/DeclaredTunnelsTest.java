package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.declared.DeclarationFile;
import dev.porthole.core.declared.DeclaredTunnel;
import dev.porthole.core.declared.KeeperNews;
import dev.porthole.core.declared.TunnelKeeper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A declared tunnel and its edits, at a real server and seen from outside. */
class DeclaredTunnelsTest {
    @TempDir
    private Path folder;

    private World world;
    private final BlockingQueue<KeeperNews> news = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        world = World.start();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private DeclaredTunnel declared(String fields) throws Exception {
        Path file = folder.resolve(DeclarationFile.NAME);
        Files.writeString(file, "tunnels: {web: {" + fields + "}}");
        return DeclarationFile.read(file).tunnels().getFirst();
    }

    private <T extends KeeperNews> T await(Class<T> kind) throws InterruptedException {
        while (true) {
            KeeperNews next = news.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("no more news").isNotNull();
            if (next instanceof KeeperNews.Failed failed) {
                throw new AssertionError(failed.why());
            }
            if (next instanceof KeeperNews.EditFailed failed && kind != KeeperNews.EditFailed.class) {
                throw new AssertionError(failed.why());
            }
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
        }
    }

    private TunnelKeeper keep(DeclaredTunnel declared) {
        TunnelKeeper keeper = new TunnelKeeper(world.porthole(), declared, InstantSource.system(), news::add);
        keeper.start();
        return keeper;
    }

    @Test // B-B11
    void editsReachARunningTunnelWithoutARequestLost() throws Exception {
        try (LocalApp one = LocalApp.saying("one");
                LocalApp two = LocalApp.saying("two")) {
            TunnelKeeper keeper = keep(declared("endpoint: " + one.port() + ", label: before"));
            Tunnel tunnel = await(KeeperNews.Ready.class).tunnel();
            try (Visitor visitor = Visitor.at(tunnel.url())) {
                visitor.send("GET", "/", "");
                assertThat(visitor.receive().text()).isEqualTo("one");

                // The label alone: the same session, the visitor's connection goes on.
                keeper.change(declared("endpoint: " + one.port() + ", label: after"));
                KeeperNews.Changed labelled = await(KeeperNews.Changed.class);
                assertThat(labelled.what()).containsExactly("label");
                assertThat(labelled.tunnel().label()).isEqualTo("after");
                assertThat(labelled.tunnel().connector()).isEqualTo(tunnel.connector());
                visitor.send("GET", "/", "");
                assertThat(visitor.receive().text()).isEqualTo("one");

                // Another endpoint: the same address, and even the same visitor's connection.
                keeper.change(declared("endpoint: " + two.port() + ", label: after"));
                KeeperNews.Changed moved = await(KeeperNews.Changed.class);
                assertThat(moved.what()).containsExactly("endpoint");
                assertThat(moved.tunnel().id()).isEqualTo(tunnel.id());
                assertThat(moved.tunnel().url()).isEqualTo(tunnel.url());
                visitor.send("GET", "/", "");
                assertThat(visitor.receive().text()).isEqualTo("two");
            }
            keeper.stop();
            TunnelState off = world.awaitTunnel(tunnel.id(), state -> state.phase() == Phase.STOPPED);
            assertThat(off.tunnel().url()).isEqualTo(tunnel.url());
            assertThat(Visitor.get(tunnel.url(), "/").status()).isEqualTo(503);
        }
    }

    @Test // B-B11
    void endpointOfAnotherTunnelIsRefusedAndWhatRanRunsOn() throws Exception {
        try (LocalApp one = LocalApp.saying("one");
                LocalApp two = LocalApp.saying("two")) {
            Tunnel other = world.share(two.port()).tunnel();
            TunnelKeeper keeper = keep(declared("endpoint: " + one.port()));
            Tunnel tunnel = await(KeeperNews.Ready.class).tunnel();

            keeper.change(declared("endpoint: " + two.port()));
            assertThat(await(KeeperNews.EditFailed.class).why()).hasMessageContaining("http://localhost:" + two.port());
            assertThat(Visitor.get(tunnel.url(), "/").text()).isEqualTo("one");
            assertThat(Visitor.get(other.url(), "/").text()).isEqualTo("two");
            keeper.stop();
        }
    }

    @Test // B-B6
    void tunnelIsFoundAgainByItsEndpointWithItsNameAndAnExpiryAnew() throws Exception {
        try (LocalApp app = LocalApp.saying("hello")) {
            String endpoint = "endpoint: 127.0.0.1:" + app.port();
            TunnelKeeper first = keep(declared(endpoint + ", name: my-shop, expires: 1h"));
            Tunnel made = await(KeeperNews.Ready.class).tunnel();
            assertThat(made.name()).isEqualTo("my-shop");
            first.stop();

            TunnelKeeper second = keep(declared(endpoint + ", name: another, label: new, expires: 2h"));
            assertThat(await(KeeperNews.Noted.class).text()).contains("is named my-shop and stays so, not another");
            Tunnel found = await(KeeperNews.Ready.class).tunnel();
            assertThat(found.id()).isEqualTo(made.id());
            assertThat(found.url()).isEqualTo(made.url());
            assertThat(found.label()).isEqualTo("new");
            assertThat(found.expiresAt()).isAfter(made.expiresAt());
            second.stop();
        }
    }
}
