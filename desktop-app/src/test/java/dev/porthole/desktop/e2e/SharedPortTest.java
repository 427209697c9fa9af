package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What visitors of a shared port see, byte for byte, through a real server and a real agent. */
class SharedPortTest {
    private static World world;

    @BeforeAll
    static void startTheWorld() throws Exception {
        world = World.start();
    }

    @AfterAll
    static void endTheWorld() throws Exception {
        world.close();
    }

    private static String share(LocalApp app) throws Exception {
        return world.share(app.port()).tunnel().url();
    }

    // B-B5, B-B13
    @Test
    void clickToAddressGoesThroughEachStageAndTheAddressAnswersAtOnce() throws Exception {
        try (LocalApp app = LocalApp.saying("hello from here")) {
            List<ShareProgress> progress = new ArrayList<>();
            TunnelState shared =
                    world.porthole().share(ShareRequest.of(Endpoint.parse(String.valueOf(app.port()))), progress::add);

            assertThat(Visitor.get(shared.tunnel().url(), "/").text()).isEqualTo("hello from here");
            assertThat(shared.phase()).isEqualTo(TunnelState.Phase.READY);
            assertThat(progress.stream()
                            .filter(step -> step.state() == ShareProgress.State.DONE)
                            .map(ShareProgress::stage))
                    .containsExactly(ShareProgress.Stage.values());
        }
    }

    // B-B13: the probe that makes it Ready is answered by the agent, not by the program.
    @Test
    void readyCostsTheProgramNoRequest() throws Exception {
        try (LocalApp app = LocalApp.saying("x")) {
            String url = share(app);
            Visitor.get(url, "/only-this-one");

            assertThat(app.requests().poll(10, TimeUnit.SECONDS).target()).isEqualTo("/only-this-one");
            assertThat(app.requests()).isEmpty();
        }
    }

    // B-B6, B-B8
    @Test
    void sharingAgainTakesTheSameAddress() throws Exception {
        try (LocalApp app = LocalApp.saying("x")) {
            TunnelState first = world.share(app.port());
            world.porthole().stop(first.tunnel().id());
            TunnelState second = world.porthole()
                    .share(ShareRequest.of(Endpoint.parse("http://LOCALHOST:" + app.port())), step -> {});

            assertThat(second.tunnel().id()).isEqualTo(first.tunnel().id());
            assertThat(second.tunnel().url()).isEqualTo(first.tunnel().url());
        }
    }

    // T-W3
    @Test
    void targetAndFieldsArriveAsTheyWereSent() throws Exception {
        try (LocalApp app = LocalApp.saying("x")) {
            String url = share(app);
            try (Visitor visitor = Visitor.at(url)) {
                visitor.send(
                        "GET",
                        "/a%2Fb//c/../d?a&a=&b=%20+",
                        "X-Twice: one\r\nX-Twice: two\r\nCookie: a=1; b=2\r\nX-Forwarded-For: 6.6.6.6\r\n"
                                + "Porthole-Tunnel: tun_forged\r\nConnection: X-Drop\r\nX-Drop: gone\r\n");
                assertThat(visitor.receive().status()).isEqualTo(200);
            }

            LocalApp.Request seen = app.requests().poll(10, TimeUnit.SECONDS);
            assertThat(seen.target()).isEqualTo("/a%2Fb//c/../d?a&a=&b=%20+");
            assertThat(seen.head()
                            .lines()
                            .filter(line ->
                                    line.toLowerCase(java.util.Locale.ROOT).startsWith("x-twice")))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .containsExactly("one", "two");
            assertThat(seen.field("cookie")).isEqualTo("a=1; b=2");
            assertThat(seen.field("x-forwarded-for")).isEqualTo("127.0.0.1");
            assertThat(seen.field("x-drop")).isEmpty();
            assertThat(seen.head()).doesNotContain("tun_forged");
            assertThat(seen.field("host")).isEqualTo(url.substring("http://".length()));
        }
    }

    // T-W3, B-D4
    @Test
    void repeatedSetCookieStaysRepeated() throws Exception {
        try (LocalApp app = LocalApp.start((request, out) ->
                out.write("HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII)))) {
            Visitor.Response answer = Visitor.get(share(app), "/");

            assertThat(answer.head()
                            .text()
                            .lines()
                            .filter(line ->
                                    line.toLowerCase(java.util.Locale.ROOT).startsWith("set-cookie")))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .containsExactly("a=1", "b=2");
        }
    }

    // B-D4, T-W4
    @Test
    void sixteenMebibytesArriveEqualInBothDirections() throws Exception {
        byte[] bytes = new byte[16 * 1024 * 1024];
        new Random(7).nextBytes(bytes);
        try (LocalApp app = LocalApp.start((request, out) -> {
            byte[] got = request.body().readNBytes(Integer.parseInt(request.field("content-length")));
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + got.length + "\r\nX-Sum: " + sha256(got) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(got);
            out.flush();
        })) {
            try (Visitor visitor = Visitor.at(share(app))) {
                visitor.send("POST", "/", "Content-Length: " + bytes.length + "\r\n");
                Thread writing = Thread.ofVirtual().start(() -> {
                    try {
                        visitor.raw(bytes);
                    } catch (IOException broken) {
                        throw new java.io.UncheckedIOException(broken);
                    }
                });
                Visitor.Response answer = visitor.receive();
                writing.join();

                assertThat(answer.head().field("x-sum")).isEqualTo(sha256(bytes));
                assertThat(sha256(answer.body())).isEqualTo(sha256(bytes));
            }
        }
    }

    // T-W4
    @Test
    void eachPieceOfAStreamArrivesBeforeTheNextIsWritten() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        try (LocalApp app = LocalApp.start((request, out) -> {
            chunk(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "data: 1\n\n");
            if (!firstSeen.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the first event never arrived");
            }
            chunk(out, "", "data: 2\n\n");
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        })) {
            try (Visitor visitor = Visitor.at(share(app))) {
                visitor.send("GET", "/events", "");
                assertThat(visitor.head().status()).isEqualTo(200);
                assertThat(new String(visitor.chunk(), StandardCharsets.UTF_8)).isEqualTo("data: 1\n\n");
                firstSeen.countDown();
                assertThat(new String(visitor.chunk(), StandardCharsets.UTF_8)).isEqualTo("data: 2\n\n");
                assertThat(visitor.chunk()).isEmpty();
            }
        }
    }

    // T-W5
    @Test
    void programThatBreaksOffNeverLooksComplete() throws Exception {
        try (LocalApp app = LocalApp.start((request, out) -> {
            chunk(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "half");
            throw new IOException("breaks off");
        })) {
            try (Visitor visitor = Visitor.at(share(app))) {
                visitor.send("GET", "/", "");
                assertThat(visitor.head().status()).isEqualTo(200);
                assertThatThrownBy(() -> {
                            while (visitor.chunk().length > 0) {
                                // The half that was sent may come first.
                            }
                        })
                        .isInstanceOfAny(EOFException.class, java.net.SocketException.class);
            }
        }
    }

    // T-W6, B-D6
    @Test
    void webSocketTalksBothWays() throws Exception {
        try (LocalApp app = LocalApp.start((request, out) -> {
            out.write(
                    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                    + accept(request.field("sec-websocket-key"))
                                    + "\r\nSec-WebSocket-Protocol: chat\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            request.body().transferTo(new Echo(out));
        })) {
            try (Visitor visitor = Visitor.at(share(app))) {
                String key = "dGhlIHNhbXBsZSBub25jZQ==";
                visitor.send(
                        "GET",
                        "/chat",
                        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                                + key + "\r\nSec-WebSocket-Protocol: chat\r\n");
                Visitor.Head head = visitor.head();
                assertThat(head.status()).isEqualTo(101);
                assertThat(head.field("sec-websocket-accept")).isEqualTo(accept(key));
                assertThat(head.field("sec-websocket-protocol")).isEqualTo("chat");

                byte[] frame = {(byte) 0x81, (byte) 0x82, 1, 2, 3, 4, 'h' ^ 1, 'i' ^ 2};
                visitor.raw(frame);
                assertThat(visitor.in().readNBytes(frame.length)).isEqualTo(frame);
                visitor.raw(frame);
                assertThat(visitor.in().readNBytes(frame.length)).isEqualTo(frame);
            }
        }
    }

    // B-E4
    @Test
    void programThatIsGoneIs502WithAHint() throws Exception {
        LocalApp app = LocalApp.saying("x");
        String url = share(app);
        app.close();

        Visitor.Response answer = Visitor.get(url, "/");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.head().field("porthole-error")).isEqualTo("endpoint_refused");
    }

    // B-D7
    @Test
    void stoppedTunnelIs503AndUnknownNameIs404ThatNamesIt() throws Exception {
        try (LocalApp app = LocalApp.saying("x")) {
            TunnelState shared = world.share(app.port());
            world.porthole().stop(shared.tunnel().id());

            Visitor.Response stopped = Visitor.get(shared.tunnel().url(), "/");
            assertThat(stopped.status()).isEqualTo(503);
            assertThat(stopped.head().field("porthole-error")).isEqualTo("tunnel_offline");

            Visitor.Response unknown = Visitor.get("http://no-such-name.localhost:" + world.port(), "/");
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.head().field("porthole-error")).isEqualTo("tunnel_not_found");
            assertThat(unknown.text()).contains("no-such-name");
        }
    }

    // B-B13: Ready is never a lie.
    @Test
    void tunnelIsNotReadyWhileNothingListens() throws Exception {
        LocalApp app = LocalApp.saying("x");
        int port = app.port();
        app.close();
        CountDownLatch waiting = new CountDownLatch(1);
        Thread sharing = Thread.ofVirtual().start(() -> {
            try {
                world.porthole().share(ShareRequest.of(Endpoint.parse("localhost:" + port)), step -> {
                    if (step.stage() == ShareProgress.Stage.ENDPOINT && step.state() == ShareProgress.State.WAITING) {
                        waiting.countDown();
                    }
                });
            } catch (dev.porthole.core.PortholeException cancelled) {
                assertThat(cancelled.kind()).isEqualTo(dev.porthole.core.PortholeException.Kind.CANCELLED);
            }
        });

        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        try (LocalApp back = LocalApp.start(port, (request, out) -> LocalApp.write(out, "back"))) {
            assertThat(sharing.join(java.time.Duration.ofSeconds(30))).isTrue();
            assertThat(Visitor.get(world.addressOf(port), "/").text()).isEqualTo("back");
            assertThat(back.port()).isEqualTo(port);
        }
    }

    private static void chunk(OutputStream out, String head, String text) throws IOException {
        out.write((head + Integer.toHexString(text.length()) + "\r\n" + text + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Sec-WebSocket-Accept of a key (RFC 6455, section 4.2.2). */
    private static String accept(String key) throws Exception {
        byte[] both = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest(both));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Writes on at once what it is given. */
    private static final class Echo extends java.io.FilterOutputStream {
        Echo(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            out.flush();
        }
    }
}
