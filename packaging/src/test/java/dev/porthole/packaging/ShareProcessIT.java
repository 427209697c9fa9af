package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./porthole share} as a process, on this computer's own server. */
@Tag("tools")
class ShareProcessIT {
    @TempDir
    private Path home;

    private final LocalApp app = new LocalApp();

    @AfterEach
    void endWhatWasStarted() throws Exception {
        app.close();
        Optional<ProcessHandle> server = ownServer();
        if (server.isPresent()) {
            server.get().onExit().get(Started.PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test // B-B6, B-B13
    void printedAddressWorksAndSigtermTurnsTheTunnelOffAndKeepsIt() throws Exception {
        Distribution porthole = new Distribution(home);
        String address;
        try (Started share = porthole.start("share", app.port())) {
            address = share.awaitOut("http://");
            // "Ready is never a lie": the first request after the line is served.
            assertThat(Visitor.get(URI.create(address), "/"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith(LocalApp.GREETING);
            share.terminate();
            assertThat(share.exitCode()).isZero();
            assertThat(share.err()).endsWith("Stopped: the tunnel is off and keeps its address.");
        }

        try (Started list = porthole.start("tunnel", "list", "--output", "json")) {
            assertThat(list.exitCode()).isZero();
            assertThat(list.out()).contains(address, "\"enabled\":false", "\"state\":\"stopped\"");
        }

        try (Started again = porthole.start("share", app.port())) {
            assertThat(again.awaitOut("http://")).isEqualTo(address);
            again.terminate();
            assertThat(again.exitCode()).isZero();
        }
    }

    @Test // B-B6
    void ownServerEndsWithItsLastLease() throws Exception {
        try (Started share = new Distribution(home).start("share", app.port())) {
            share.awaitOut("http://");
            ProcessHandle server = ownServer().orElseThrow();
            assertThat(server.isAlive()).isTrue();
            // No time to say goodbye: the lease is the open connection, and ends with the process.
            share.kill();
            assertThat(server.onExit()
                            .get(Started.PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .isAlive())
                    .isFalse();
        }
    }

    /** The home's server, by the process id in the lock file that it holds; empty if it never ran or has ended. */
    private Optional<ProcessHandle> ownServer() throws IOException {
        Path lock = home.resolve("server/server.lock");
        return Files.exists(lock)
                ? ProcessHandle.of(Long.parseLong(Files.readString(lock).strip()))
                : Optional.empty();
    }
}
