package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's programs as visitors and apps: curl, a Node WebSocket client and server, nginx as a trusted proxy. */
@Tag("tools")
class InteropTest {
    @TempDir
    private Path folder;

    private String curl(LiveTunnel tunnel, String path, String... options) throws Exception {
        int port = tunnel.fixture.edge.address().getPort();
        List<String> command = new java.util.ArrayList<>(
                List.of("curl", "--silent", "--show-error", "--resolve", "app.localhost:" + port + ":127.0.0.1"));
        command.addAll(Arrays.asList(options));
        command.add("http://app.localhost:" + port + path);
        return Program.run(folder, command.toArray(String[]::new));
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    // T-W3
    @Test
    void curlUploadsWithExpectAndGetsEachByteBack() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        Path file = folder.resolve("upload");
        Files.write(file, bytes);
        try (LiveTunnel tunnel = new LiveTunnel((request, out) -> {
            if (request.values("expect").equals(List.of("100-continue"))) {
                say(out, "HTTP/1.1 100 Continue||");
            }
            byte[] got = request.body().readAllBytes();
            say(out, "HTTP/1.1 201 Created|Content-Length: " + got.length + "||");
            out.write(got);
        })) {
            String said = curl(tunnel, "/up", "-v", "-T", file.toString(), "-o", "back");
            assertThat(said).contains("> Expect: 100-continue", "< HTTP/1.1 100 Continue", "< HTTP/1.1 201 Created");
            assertThat(Files.readAllBytes(folder.resolve("back"))).isEqualTo(bytes);

            // The same without a length.
            curl(tunnel, "/up", "-T", file.toString(), "-H", "Transfer-Encoding: chunked", "-o", "again");
            assertThat(Files.readAllBytes(folder.resolve("again"))).isEqualTo(bytes);
        }
    }

    // T-W3
    @Test
    void curlSeesTrailersRangesHeadAndStatusWithoutBody() throws Exception {
        try (LiveTunnel tunnel = new LiveTunnel((request, out) -> {
            switch (request.target()) {
                case "/trailers" ->
                    say(out, "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Trailer: X-Sum||2|ok|0|X-Sum: 42||");
                case "/range" -> {
                    assertThat(request.values("range")).containsExactly("bytes=5-9");
                    say(out, "HTTP/1.1 206 Partial Content|Content-Range: bytes 5-9/26|Content-Length: 5||fghij");
                }
                case "/head" -> say(out, "HTTP/1.1 200 OK|Content-Length: 1234|ETag: \"x\"||");
                default -> say(out, "HTTP/1.1 204 No Content||");
            }
        })) {
            assertThat(curl(tunnel, "/trailers", "-D", "head")).isEqualTo("ok\n");
            assertThat(folder.resolve("head")).content().containsIgnoringCase("\nx-sum: 42");
            assertThat(curl(tunnel, "/range", "-i", "-r", "5-9"))
                    .containsIgnoringCase("content-range: bytes 5-9/26")
                    .endsWith("fghij\n");
            assertThat(curl(tunnel, "/head", "-I")).containsIgnoringCase("content-length: 1234");
            assertThat(curl(tunnel, "/empty", "-i")).startsWith("HTTP/1.1 204").doesNotContainIgnoringCase("length");
        }
    }

    // T-W5: curl tells a whole answer from one that broke off by its exit code.
    @Test
    void curlSeesThatAnAppBrokeOff() throws Exception {
        try (LiveTunnel tunnel = new LiveTunnel((request, out) -> {
            if (request.target().equals("/chunked")) {
                say(out, "HTTP/1.1 200 OK|Transfer-Encoding: chunked||4|half|");
            } else {
                say(out, "HTTP/1.1 200 OK|Content-Length: 100||half");
            }
            throw new IOException("breaks off");
        })) {
            for (String path : List.of("/chunked", "/length")) {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> curl(tunnel, path))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageMatching("(?s).*ended with (18|56).*");
            }
        }
    }

    // T-W4: the app sends an event only when the one before was seen at the other end.
    @Test
    void eachServerSentEventIsSeenBeforeTheNextIsSent() throws Exception {
        BlockingQueue<String> sending = new LinkedBlockingQueue<>();
        try (LiveTunnel tunnel = new LiveTunnel((request, out) -> {
            say(out, "HTTP/1.1 200 OK|Content-Type: text/event-stream||");
            for (String event = sending.take(); !event.equals("end"); event = sending.take()) {
                say(out, "data: " + event + "\n\n");
            }
            throw new IOException("a stream of events has no other end");
        })) {
            int port = tunnel.fixture.edge.address().getPort();
            List<String> command = List.of(
                    "curl", "--silent", "--no-buffer", "-H", "Host: app.localhost", "http://127.0.0.1:" + port + "/e");
            try (Program curl = Program.start(folder, command)) {
                for (int event = 0; event < 50; event++) {
                    sending.add("number " + event);
                    assertThat(curl.line()).isEqualTo("data: number " + event);
                    assertThat(curl.line()).isEmpty();
                }
            }
            sending.add("end");
        }
    }

    // T-W6, B-D6
    @Test
    void nodesWebSocketsTalkThroughTheTunnel() throws Exception {
        for (String name : List.of("package.json", "package-lock.json", "peers.js")) {
            try (InputStream file = Objects.requireNonNull(InteropTest.class.getResourceAsStream("ws/" + name), name)) {
                Files.copy(file, folder.resolve(name));
            }
        }
        Program.run(folder, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        try (LiveTunnel tunnel = new LiveTunnel((request, out) -> say(out, "HTTP/1.1 404 Not Found||"));
                Program peers = Program.start(folder, List.of("node", "peers.js"))) {
            tunnel.carry(Integer.parseInt(peers.line().substring("port ".length())));
            peers.say(String.valueOf(tunnel.fixture.edge.address().getPort()));
            String said = peers.rest();
            assertThat(said.lines())
                    .containsSubsequence(
                            "protocol superchat",
                            "extensions permessage-deflate",
                            "text true",
                            "binary true",
                            "pong still there?")
                    .contains(
                            "server closed 4321 enough",
                            "closed 4321 enough",
                            "closed 4001 as you wish",
                            "refused Unexpected server response: 401");
            assertThat(peers.exitCode()).isZero();
        }
    }

    // T-W2, B-E8, B-D15: nginx in front, which the edge trusts.
    @Test
    void nginxInFrontIsATrustedProxy() throws Exception {
        AtomicReference<OriginApp.Request> seen = new AtomicReference<>();
        AtomicReference<Traffic> traffic = new AtomicReference<>();
        try (LiveTunnel tunnel = new LiveTunnel(
                        (request, out) -> {
                            if (request.target().equals("/who")) {
                                seen.set(request);
                                say(out, "HTTP/1.1 200 OK|Content-Length: 2||ok");
                            } else {
                                Objects.requireNonNull(traffic.get()).to(request, out);
                            }
                        },
                        settings -> settings.with(TrustedProxies.parse(List.of("127.0.0.0/8"))));
                Nginx nginx = Nginx.inFrontOf(tunnel.fixture.edge.address(), folder)) {
            try (RawVisitor visitor = new RawVisitor(nginx.address())) {
                visitor.send("GET /who HTTP/1.1\r\nHost: app.localhost\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n");
                assertThat(visitor.read().text()).isEqualTo("ok");
            }
            OriginApp.Request request = Objects.requireNonNull(seen.get());
            assertThat(request.values("x-forwarded-for")).containsExactly("203.0.113.7, 127.0.0.1, 127.0.0.1");
            assertThat(request.values("x-forwarded-proto")).containsExactly("https");
            assertThat(request.values("host")).containsExactly("app.localhost");

            Traffic through = new Traffic(nginx.address(), 300_000);
            traffic.set(through);
            through.start(8).awaitPerfect(100);
            through.stop();
            assertThat(through.wrong()).isEmpty();
            assertThat(through.twice()).isZero();
        }
    }

    /** A real nginx as people put it in front of a server, TLS left out. */
    private record Nginx(Program program, InetSocketAddress address) implements AutoCloseable {
        static Nginx inFrontOf(InetSocketAddress edge, Path folder) throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Files.createDirectories(folder.resolve("temp"));
            Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                    # Not nobody, who may not write below this folder.
                    user root;
                    worker_processes 1;
                    pid nginx.pid;
                    error_log stderr warn;
                    events { worker_connections 256; }
                    http {
                      access_log off;
                      client_body_temp_path temp/body;
                      proxy_temp_path temp/proxy;
                      fastcgi_temp_path temp/fastcgi;
                      uwsgi_temp_path temp/uwsgi;
                      scgi_temp_path temp/scgi;
                      server {
                        listen 127.0.0.1:%d;
                        client_max_body_size 0;
                        location / {
                          proxy_pass http://127.0.0.1:%d;
                          proxy_http_version 1.1;
                          proxy_set_header Connection "";
                          proxy_set_header Host $http_host;
                          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                          proxy_set_header X-Forwarded-Proto https;
                        }
                      }
                    }
                    """.formatted(port, edge.getPort()));
            Program nginx = Program.start(
                    folder,
                    List.of(executable(), "-p", folder + "/", "-c", configuration.toString(), "-g", "daemon off;"));
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            awaitListening(nginx, address);
            return new Nginx(nginx, address);
        }

        private static String executable() {
            return Files.exists(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";
        }

        private static void awaitListening(Program nginx, InetSocketAddress address) throws IOException {
            while (true) {
                try (Socket socket = new Socket()) {
                    socket.connect(address);
                    return;
                } catch (java.net.ConnectException notYet) {
                    if (!nginx.isAlive()) {
                        throw new IOException("nginx ended: " + nginx.rest(), notYet);
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
            }
        }

        @Override
        public void close() {
            program.close();
        }
    }
}
