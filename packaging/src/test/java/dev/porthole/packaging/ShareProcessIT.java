package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./porthole share} as a process: an address that works, and nothing left after SIGTERM. */
@Tag("tools")
class ShareProcessIT {
    private static final Path CHECKOUT =
            Path.of("").toAbsolutePath().resolveSibling(".").normalize();

    @TempDir
    private Path home;

    private HttpServer app;

    @BeforeEach
    void startAnApp() throws IOException {
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            byte[] body = "hello from the app".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        app.start();
    }

    @AfterEach
    void stopTheApp() {
        app.stop(0);
    }

    private Started share() throws IOException {
        Map<String, String> environment = Map.of(
                "PORTHOLE_HOME", home.toString(),
                "PORTHOLE_DIST", CHECKOUT.resolve("packaging/target/dist").toString());
        return Started.command(
                home,
                environment,
                List.of(
                        CHECKOUT.resolve("porthole").toString(),
                        "share",
                        String.valueOf(app.getAddress().getPort())));
    }

    @Test // B-B6, B-B13
    void printedAddressWorksAndSigtermLeavesNothingRunning() throws Exception {
        URI address;
        try (Started share = share()) {
            address = URI.create(share.awaitOut("http://"));
            // "Ready is never a lie": the first request after the line is served.
            assertThat(get(address)).startsWith("HTTP/1.1 200").endsWith("hello from the app");
            share.terminate();
            assertThat(share.exitCode()).isZero();
        }
        // The embedded server notices the end of the last lease and stops; whoever runs it has the home in its
        // arguments.
        for (ProcessHandle left : processesOf(home)) {
            left.onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(processesOf(home)).isEmpty();

        try (Started again = share()) {
            assertThat(again.awaitOut("http://")).isEqualTo(address.toString());
            again.terminate();
            assertThat(again.exitCode()).isZero();
        }
        for (ProcessHandle left : processesOf(home)) {
            left.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    private static List<ProcessHandle> processesOf(Path home) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).stream().anyMatch(it -> it.startsWith(home.toString())))
                        .isPresent())
                .toList();
    }

    /**
     * Java does not resolve names below localhost (RFC 6761): connects to loopback and names the host in the request.
     */
    private static String get(URI address) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            String request = "GET / HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
