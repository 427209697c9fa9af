package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code porthole init}, {@code up}, an edit and {@code down} as processes, on this computer's own server. */
@Tag("tools")
class UpProcessIT {
    private static final Pattern URL = Pattern.compile("\"url\":\"([^\"]+)\"");

    @TempDir
    private Path home;

    private final LocalApp app = new LocalApp();
    private final LocalApp other = new LocalApp();

    @AfterEach
    void endWhatWasStarted() throws Exception {
        app.close();
        other.close();
        Path lock = home.resolve("server/server.lock");
        if (Files.exists(lock)) {
            ProcessHandle server = ProcessHandle.of(
                            Long.parseLong(Files.readString(lock).strip()))
                    .orElse(null);
            if (server != null) {
                server.onExit().get(Started.PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Test // B-B6, B-B11
    void declaredTunnelsComeAreEditedAndGo() throws Exception {
        Distribution porthole = new Distribution(home);
        Path file = home.resolve("porthole.yml");
        try (Started init = porthole.start("init", "--output", "json")) {
            assertThat(init.exitCode()).describedAs(init.err()).isZero();
            assertThat(init.out()).contains("\"file\":\"porthole.yml\"");
        }
        assertThat(file).exists();
        try (Started again = porthole.start("init")) {
            assertThat(again.exitCode()).isEqualTo(2);
            assertThat(again.err()).contains("--force");
        }

        declare(file, app.port(), "shop", "before");
        try (Started up = porthole.start("up", "--output", "json")) {
            String ready = up.awaitOut("{\"event\":\"ready\"");
            assertThat(ready).contains("\"tunnel\":\"web\"", "\"label\":\"before\"");
            String url = url(ready);
            assertThat(url).startsWith("http://shop.localhost:");
            assertThat(Visitor.get(URI.create(url), "/")).startsWith("HTTP/1.1 200");

            declare(file, app.port(), "shop", "after");
            assertThat(up.awaitOut("{\"event\":\"changed\"")).contains("\"what\":[\"label\"]", "\"label\":\"after\"");
            declare(file, other.port(), "shop", "after");
            String moved = up.awaitOut("{\"event\":\"changed\"");
            assertThat(moved).contains("\"what\":[\"endpoint\"]");
            assertThat(url(moved)).isEqualTo(url);
            assertThat(Visitor.get(URI.create(url), "/")).startsWith("HTTP/1.1 200");

            Files.writeString(file, "tunnels: {web: {endpoint: 0}}\n");
            assertThat(up.awaitOut("{\"event\":\"file_refused\""))
                    .contains("porthole.yml:1:27: tunnels.web: endpoint: 0");
            assertThat(Visitor.get(URI.create(url), "/")).startsWith("HTTP/1.1 200");
            declare(file, other.port(), "shop", "after");

            // From another terminal, and the last tunnel that goes ends the command.
            try (Started down = porthole.start("down")) {
                assertThat(down.exitCode()).describedAs(down.err()).isZero();
                assertThat(down.err()).isEqualTo("web: off; it keeps its address.");
            }
            assertThat(up.exitCode()).describedAs(up.err()).isZero();
        }

        try (Started up = porthole.start("up")) {
            String row = up.awaitOut("web ");
            assertThat(row).contains("ready", "http://shop.localhost:");
            up.terminate();
            assertThat(up.exitCode()).isZero();
            assertThat(up.err()).endsWith("web: Stopped: the tunnel is off and keeps its address.");
        }
    }

    private static void declare(Path file, String port, String name, String label) throws Exception {
        Files.writeString(
                file,
                "tunnels:\n  web:\n    endpoint: " + port + "\n    name: " + name + "\n    label: " + label + "\n");
    }

    private static String url(String event) {
        Matcher url = URL.matcher(event);
        assertThat(url.find()).isTrue();
        return url.group(1);
    }
}
