package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The JDK's WebSocket client and Undertow's WebSocket server, which know nothing of the tunnel between them. */
class WebSocketTest {
    private static World world;
    private static Undertow app;
    private static HttpClient client;
    private static URI address;

    @BeforeAll
    static void start() throws Exception {
        world = World.start();
        app = Undertow.builder()
                .addHttpListener(
                        0,
                        "127.0.0.1",
                        new WebSocketProtocolHandshakeHandler((WebSocketHttpExchange _, WebSocketChannel channel) -> {
                            channel.getReceiveSetter().set(new Echo());
                            channel.resumeReceives();
                        }))
                .setIoThreads(1)
                .setWorkerThreads(1)
                .build();
        app.start();
        InetSocketAddress listening =
                (InetSocketAddress) app.getListenerInfo().getFirst().getAddress();
        String url = world.share(listening.getPort()).tunnel().url();
        address = URI.create(url.replace("http://", "ws://") + "/echo");
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void end() throws Exception {
        client.shutdownNow();
        app.stop();
        world.close();
    }

    /** Sends back what it gets; hangs up when it is told to. Pings and closes are answered by Undertow itself. */
    private static final class Echo extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            // The buffer gives its text once.
            String text = message.getData();
            if (text.equals("hang up")) {
                WebSockets.sendClose(4001, "as you wish", channel, null);
            } else {
                WebSockets.sendText(text, channel, null);
            }
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            try (var data = message.getData()) {
                ByteBuffer whole = WebSockets.mergeBuffers(data.getResource());
                WebSockets.sendBinary(whole, channel, null);
            }
        }
    }

    /** Keeps what comes, in order. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        record Bytes(byte[] value) {}

        record Pong(String payload) {}

        record Closed(int code, String reason) {}

        Object next() throws InterruptedException {
            Object next = all.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("something comes").isNotNull();
            return next;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                all.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] piece = new byte[data.remaining()];
            data.get(piece);
            bytes.writeBytes(piece);
            if (last) {
                all.add(new Bytes(bytes.toByteArray()));
                bytes.reset();
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            all.add(new Pong(StandardCharsets.UTF_8.decode(message).toString()));
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            all.add(new Closed(code, reason));
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            all.add(error);
        }
    }

    private static WebSocket connect(Heard heard) throws Exception {
        return client.newWebSocketBuilder().buildAsync(address, heard).get(30, TimeUnit.SECONDS);
    }

    // T-W6
    @Test
    void textBinaryAndPingsCrossTheTunnelWhole() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = connect(heard);

        socket.sendText("hällo ", false).get(30, TimeUnit.SECONDS);
        socket.sendText("\uD83D\uDEF3", true).get(30, TimeUnit.SECONDS);
        assertThat(heard.next()).isEqualTo("hällo \uD83D\uDEF3");

        byte[] large = new byte[1_000_000];
        new Random(3).nextBytes(large);
        socket.sendBinary(ByteBuffer.wrap(large), true).get(30, TimeUnit.SECONDS);
        assertThat(heard.next())
                .isInstanceOfSatisfying(
                        Heard.Bytes.class, bytes -> assertThat(bytes.value()).isEqualTo(large));

        socket.sendPing(ByteBuffer.wrap("still there?".getBytes(StandardCharsets.UTF_8)))
                .get(30, TimeUnit.SECONDS);
        assertThat(heard.next()).isEqualTo(new Heard.Pong("still there?"));
        socket.abort();
    }

    // T-W6
    @Test
    void closeCodeAndReasonArriveOnBothSides() throws Exception {
        Heard mine = new Heard();
        WebSocket socket = connect(mine);
        socket.sendClose(4321, "enough").get(30, TimeUnit.SECONDS);
        assertThat(mine.next()).isEqualTo(new Heard.Closed(4321, "enough"));

        Heard theirs = new Heard();
        WebSocket other = connect(theirs);
        other.sendText("hang up", true).get(30, TimeUnit.SECONDS);
        assertThat(theirs.next()).isEqualTo(new Heard.Closed(4001, "as you wish"));
    }
}
