package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * This build against the last release's, whose {@code packaging/target/dist} is at {@code -Dporthole.last.dist=FOLDER}:
 * .ci/run builds it from the last tag. Without that folder there is nothing to compare with, and the test fails.
 */
@Tag("long")
class CompatibilityIT {
    private static final long LENGTH = 5L * 1024 * 1024;

    private static Path last;

    @TempDir
    private Path folder;

    @BeforeAll
    static void findTheLastRelease() {
        last = Path.of(Optional.ofNullable(System.getProperty("porthole.last.dist"))
                .orElseThrow(
                        () -> new AssertionError("porthole.last.dist: not set (expected: the last release's dist)")));
        assertThat(Files.isDirectory(last.resolve("lib")))
                .as(last + " has a build")
                .isTrue();
    }

    @Test // T-R8
    void lastReleasesAgentServesThroughThisServer() throws Exception {
        expectToServe(Distribution.OWN, last);
    }

    @Test // T-R8
    void thisAgentServesThroughTheLastReleasesServer() throws Exception {
        expectToServe(last, Distribution.OWN);
    }

    private void expectToServe(Path serverDist, Path agentDist) throws Exception {
        try (LargeApp app = new LargeApp();
                ServerAndAgent running = ServerAndAgent.sharing(folder, app.port(), serverDist, agentDist)) {
            try (RawVisit down = RawVisit.to(running.address()).send("GET", "/bytes/" + LENGTH, "")) {
                assertThat(RawVisit.length(down.head())).isEqualTo(LENGTH);
                assertThat(down.firstWrong(LENGTH)).isEqualTo(-1);
            }
            try (RawVisit up = RawVisit.to(running.address()).send("POST", "/", "Content-Length: 3\r\n")) {
                up.out().write(new byte[3]);
                assertThat(up.head()).startsWith("HTTP/1.1 200");
            }
            try (RawVisit upgraded =
                    RawVisit.to(running.address()).send("GET", "/socket", "Connection: Upgrade\r\nUpgrade: echo\r\n")) {
                assertThat(upgraded.head()).startsWith("HTTP/1.1 101");
                upgraded.out().write('!');
                assertThat(upgraded.next()).isEqualTo('!');
            }
            running.agent().terminate();
            assertThat(running.agent().exitCode()).isZero();
        }
    }
}
