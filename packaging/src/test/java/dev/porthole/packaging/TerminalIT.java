package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in front of a person: questions, colours, widths, Ctrl+C. */
@Tag("tools")
class TerminalIT {
    private static final String ESCAPE = "\u001b[";

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

    private Distribution porthole() {
        return new Distribution(home);
    }

    /** Makes a tunnel by sharing once; gives its address's name. */
    private String sharedBefore() throws Exception {
        try (Started share = porthole().start("share", app.port())) {
            String address = share.awaitOut("http://");
            share.terminate();
            assertThat(share.exitCode()).isZero();
            return address.replaceFirst("http://([^.]*)\\..*", "$1");
        }
    }

    @Test // B-B6
    void ctrlCTurnsTheTunnelOff() throws Exception {
        try (OnTerminal share = porthole().onTerminal(80, "share", app.port())) {
            share.await("Press Ctrl+C to stop...");
            share.type(OnTerminal.CTRL_C);
            assertThat(share.exitCode()).isZero();
            assertThat(share.shown()).contains("Stopped: the tunnel is off and keeps its address.");
        }
    }

    @Test // B-B6
    void secondCtrlCQuitsAtOnce() throws Exception {
        try (OnTerminal share = porthole().onTerminal(80, "share", app.port())) {
            share.await("Press Ctrl+C to stop...");
            // A server that hangs makes the first one take its second.
            ProcessHandle server = ownServer().orElseThrow();
            signal("STOP", server);
            try {
                assertThat(share.typeUntilItEnds(OnTerminal.CTRL_C)).isEqualTo(130);
                assertThat(share.shown()).doesNotContain("Stopped:");
            } finally {
                signal("CONT", server);
            }
        }
    }

    @Test // B-B11
    void questionIsAskedInFrontOfAPersonAndNoChangesNothing() throws Exception {
        String name = sharedBefore();
        try (OnTerminal delete = porthole().onTerminal(80, "tunnel", "delete", name)) {
            delete.await("[y/N]");
            delete.type("n\n");
            assertThat(delete.exitCode()).isZero();
            assertThat(delete.shown()).contains("Nothing was deleted.");
        }
        try (OnTerminal delete = porthole().onTerminal(80, "tunnel", "delete", name)) {
            delete.await("[y/N]");
            delete.type("y\n");
            assertThat(delete.exitCode()).isZero();
            assertThat(delete.shown()).contains("Deleted " + name);
        }
    }

    @Test
    void coloursAndCutCellsAreForTerminalsAlone() throws Exception {
        String name = sharedBefore();
        try (OnTerminal list = porthole().onTerminal(90, "tunnel", "list")) {
            assertThat(list.exitCode()).isZero();
            assertThat(list.shown()).contains(ESCAPE, name, "…");
            assertThat(list.shown().replaceAll("\u001b\\[[0-9;]*m", "").lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(90));
        }
        try (OnTerminal list = porthole().with("NO_COLOR", "1").onTerminal(90, "tunnel", "list")) {
            assertThat(list.exitCode()).isZero();
            assertThat(list.shown()).contains(name).doesNotContain(ESCAPE);
        }
        try (Started list = porthole().start("tunnel", "list")) {
            assertThat(list.exitCode()).isZero();
            assertThat(list.out()).contains(name).doesNotContain(ESCAPE, "…");
        }
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** The home's server, by the process id in the lock file that it holds; empty if it never ran or has ended. */
    private Optional<ProcessHandle> ownServer() throws IOException {
        Path lock = home.resolve("server/server.lock");
        return Files.exists(lock)
                ? ProcessHandle.of(Long.parseLong(Files.readString(lock).strip()))
                : Optional.empty();
    }
}
