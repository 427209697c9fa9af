package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.observe.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** TCP tunnels and addresses by port, through a real server and a real agent. */
class TcpTunnelTest {
    private static final int MANY = 48 * 1024 * 1024;
    /** What may be under way: windows, sockets' buffers. Much less than {@link #MANY}. */
    private static final int BOUND = 32 * 1024 * 1024;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.startOwn();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static Tunnel share(int port) throws PortholeException {
        return world.porthole()
                .share(ShareRequest.of(Endpoint.parse("tcp " + port)), _ -> {})
                .tunnel();
    }

    static Socket dial(Tunnel tunnel) throws IOException {
        URI address = URI.create(tunnel.url());
        assertThat(address.getScheme()).isEqualTo("tcp");
        Socket socket = new Socket(InetAddress.ofLiteral(address.getHost()), address.getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static byte[] random(int bytes) {
        byte[] data = new byte[bytes];
        new Random(bytes).nextBytes(data);
        return data;
    }

    private static byte[] digest(byte[] data) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(data);
    }

    private static byte[] digest(InputStream in) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] piece = new byte[64 * 1024];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            digest.update(piece, 0, read);
        }
        return digest.digest();
    }

    // B-E12, T-W4, T-W5: the visitor's end is the app's end, and the app's answer still comes.
    @Test
    void visitorEndsItsHalfAndTheAppAnswersAfterIt() throws Exception {
        byte[] sent = random(MANY);
        try (RawServer app = new RawServer(connection -> {
                    connection.getOutputStream().write(digest(connection.getInputStream()));
                    connection.close();
                });
                Socket visitor = dial(share(app.port()))) {
            visitor.getOutputStream().write(sent);
            visitor.shutdownOutput();
            assertThat(visitor.getInputStream().readAllBytes()).isEqualTo(digest(sent));
        }
    }

    // T-W4, T-W5: the app's end is the visitor's end, however slow that one reads, and the visitor may still talk.
    @Test
    void appEndsItsHalfAndGoesOnListening() throws Exception {
        byte[] answer = random(MANY);
        AtomicLong written = new AtomicLong();
        CompletableFuture<byte[]> heard = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        try (RawServer app = new RawServer(connection -> {
                    OutputStream out = connection.getOutputStream();
                    if (connection.getInputStream().read() != '?') {
                        return;
                    }
                    begun.countDown();
                    for (int at = 0; at < answer.length; at += 64 * 1024) {
                        out.write(answer, at, 64 * 1024);
                        written.addAndGet(64 * 1024);
                    }
                    connection.shutdownOutput();
                    heard.complete(digest(connection.getInputStream()));
                    connection.close();
                });
                RawServer neighbour = new RawServer(connection -> {
                    connection.getOutputStream().write('n');
                    connection.close();
                });
                Socket visitor = dial(share(app.port()))) {
            visitor.getOutputStream().write('?');
            begun.await();
            Tunnel next = share(neighbour.port());
            for (int i = 0; i < 100; i++) {
                try (Socket quick = dial(next)) {
                    assertThat(quick.getInputStream().readAllBytes()).isEqualTo(new byte[] {'n'});
                }
            }
            assertThat(written.get()).as("nobody reads").isLessThan(BOUND);
            assertThat(digest(visitor.getInputStream())).isEqualTo(digest(answer));
            byte[] rest = random(4 * 1024 * 1024);
            visitor.getOutputStream().write(rest);
            visitor.shutdownOutput();
            assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo(digest(rest));
        }
    }

    // T-W4, T-W5: what was said before both ends reaches an app that takes its time.
    @Test
    void lastBytesReachASlowAppAfterBothHaveEnded() throws Exception {
        byte[] sent = random(MANY);
        CountDownLatch mayRead = new CountDownLatch(1);
        CompletableFuture<byte[]> heard = new CompletableFuture<>();
        try (RawServer app = new RawServer(connection -> {
                    if (connection.getInputStream().read() != '?') {
                        return;
                    }
                    connection.shutdownOutput();
                    mayRead.await();
                    heard.complete(digest(connection.getInputStream()));
                    connection.close();
                });
                Socket visitor = dial(share(app.port()))) {
            visitor.getOutputStream().write('?');
            assertThat(visitor.getInputStream().read()).isEqualTo(-1);
            AtomicLong written = new AtomicLong();
            CompletableFuture<Void> writing = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    for (int at = 0; at < sent.length; at += 64 * 1024) {
                        visitor.getOutputStream().write(sent, at, 64 * 1024);
                        written.addAndGet(64 * 1024);
                    }
                    visitor.shutdownOutput();
                    writing.complete(null);
                } catch (IOException broken) {
                    writing.completeExceptionally(broken);
                }
            });
            assertThatThrownBy(() -> writing.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(written.get()).as("nobody reads").isLessThan(BOUND);
            mayRead.countDown();
            assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo(digest(sent));
        }
    }

    // T-W5
    @Test
    void resetOfTheAppIsTheVisitorsResetAndTheOtherWayRound() throws Exception {
        CompletableFuture<Throwable> appSaw = new CompletableFuture<>();
        try (RawServer app = new RawServer(connection -> {
            connection.getOutputStream().write('x');
            int asked = connection.getInputStream().read();
            if (asked == 'r') {
                connection.setSoLinger(true, 0);
                connection.close();
            }
            if (asked != 'g') {
                return;
            }
            try {
                appSaw.complete(new AssertionError(
                        "a proper end: " + connection.getInputStream().read()));
            } catch (SocketException reset) {
                appSaw.complete(reset);
            }
        })) {
            Tunnel tunnel = share(app.port());
            try (Socket visitor = dial(tunnel)) {
                assertThat(visitor.getInputStream().read()).isEqualTo('x');
                visitor.getOutputStream().write('r');
                assertThatThrownBy(() -> visitor.getInputStream().read()).isInstanceOf(SocketException.class);
            }
            Socket rude = dial(tunnel);
            assertThat(rude.getInputStream().read()).isEqualTo('x');
            rude.getOutputStream().write('g');
            rude.setSoLinger(true, 0);
            rude.close();
            assertThat(appSaw.get(30, TimeUnit.SECONDS)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void appThatIsNotThereIsNotReady() throws Exception { // B-B13
        int gone;
        Tunnel tunnel;
        try (RawServer app = new RawServer(Socket::close)) {
            gone = app.port();
            tunnel = share(gone);
            assertThat(app.failure).isNotDone();
        }
        try (Socket visitor = dial(tunnel)) {
            assertThatThrownBy(() -> {
                        int read = visitor.getInputStream().read();
                        throw new AssertionError("read " + read);
                    })
                    .isInstanceOf(SocketException.class);
        }
        CompletableFuture<String> why = new CompletableFuture<>();
        try (Subscription _ = world.porthole()
                .tunnels()
                .subscribe(tunnels -> tunnels.stream()
                        .filter(state -> state.tunnel().id().equals(tunnel.id()))
                        .flatMap(state -> state.tunnel().condition(Condition.Type.Ready).stream())
                        .filter(ready -> !ready.holds())
                        .forEach(ready -> why.complete(ready.reason())))) {
            assertThat(why.get(30, TimeUnit.SECONDS)).isEqualTo("EndpointRefused");
        }
    }

    // B-E4, T-R2: the port is the tunnel's for good.
    @Test
    void portIsTheSameAfterARestartOfTheServer() throws Exception {
        try (World own = World.startOwn();
                RawServer app = new RawServer(connection -> {
                    connection.getOutputStream().write("still here".getBytes(StandardCharsets.US_ASCII));
                    connection.close();
                })) {
            Tunnel tunnel = own.porthole()
                    .share(ShareRequest.of(Endpoint.parse("tcp " + app.port())), _ -> {})
                    .tunnel();
            own.stopServer();
            assertThatThrownBy(() -> dial(tunnel)).isInstanceOf(IOException.class);
            Instant restarted = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            own.startServer();
            CompletableFuture<TunnelState> back = new CompletableFuture<>();
            try (Subscription _ = own.porthole()
                    .tunnels()
                    .subscribe(tunnels -> tunnels.stream()
                            .filter(state -> state.tunnel().id().equals(tunnel.id())
                                    && state.tunnel().ready()
                                    && !state.tunnel()
                                            .condition(Condition.Type.Ready)
                                            .orElseThrow()
                                            .since()
                                            .isBefore(restarted))
                            .forEach(back::complete))) {
                assertThat(back.get(60, TimeUnit.SECONDS).tunnel().url()).isEqualTo(tunnel.url());
            }
            try (Socket visitor = dial(tunnel)) {
                assertThat(visitor.getInputStream().readAllBytes())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("still here");
            }
        }
    }

    // T-L3: on purpose, this port alone. 127.0.0.2 stands for another address of this computer.
    @Test
    void phoneReachesWhatWasMadeVisibleAndNothingElse() throws Exception {
        try (LocalApp shown = LocalApp.saying("for the phone");
                LocalApp kept = LocalApp.saying("for me")) {
            Tunnel visible = world.porthole()
                    .share(
                            new ShareRequest(
                                    Endpoint.parse("" + shown.port()), null, null, null, TunnelAddress.port, true),
                            _ -> {})
                    .tunnel();
            Tunnel hidden = world.porthole()
                    .share(
                            new ShareRequest(
                                    Endpoint.parse("" + kept.port()), null, null, null, TunnelAddress.port, null),
                            _ -> {})
                    .tunnel();
            assertThat(visible.visibleInNetwork()).isTrue();
            assertThat(hidden.visibleInNetwork()).isFalse();
            int port = URI.create(visible.url()).getPort();
            InetAddress phone = InetAddress.ofLiteral("127.0.0.2");
            assertThat(get(phone, port, "127.0.0.2:" + port))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("for the phone");
            assertThat(get(phone, port, "evil.example")).startsWith("HTTP/1.1 421");
            for (int closed : new int[] {URI.create(hidden.url()).getPort(), world.port()}) {
                assertThatThrownBy(() -> get(phone, closed, "127.0.0.2"))
                        .as("port " + closed)
                        .isInstanceOf(IOException.class);
            }
            world.porthole()
                    .share(new ShareRequest(Endpoint.parse("" + shown.port()), null, null, null, null, false), _ -> {});
            assertThatThrownBy(() -> get(phone, port, "127.0.0.2")).isInstanceOf(IOException.class);
            assertThat(get(InetAddress.getLoopbackAddress(), port, "localhost")).endsWith("for the phone");
        }
    }

    private static String get(InetAddress address, int port, String host) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
