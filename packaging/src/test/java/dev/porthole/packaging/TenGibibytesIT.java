package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten gibibytes down and as many up as the launchers start both programs, with 64 MiB of direct memory each: a body
 * costs no more memory for being large. {@code -Dporthole.large.gib=N} makes it another size.
 */
@Tag("long")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class TenGibibytesIT {
    private static final long BYTES = Long.getLong("porthole.large.gib", 10) << 30;
    private static final long MOST_RESIDENT_KIB = 350 * 1024;

    @TempDir
    private Path folder;

    @Test // T-W4, B-D4
    void costNoMoreMemoryThanTenKibibytes() throws Exception {
        try (LargeApp app = new LargeApp();
                ServerAndAgent running = ServerAndAgent.sharing(folder, app.port())) {
            long began = System.nanoTime();
            down(running);
            report("down", began, running);
            began = System.nanoTime();
            up(running);
            report("up", began, running);
            assertThat(app.wholeBodies()).isEqualTo(1);
            assertThat(app.taken()).isEqualTo(BYTES);
            assertThat(peak(running.server()) + peak(running.agent())).isLessThan(MOST_RESIDENT_KIB);
        }
    }

    private static void down(ServerAndAgent running) throws IOException {
        try (RawVisit visit = RawVisit.to(running.address()).send("GET", "/bytes/" + BYTES, "")) {
            assertThat(RawVisit.length(visit.head())).isEqualTo(BYTES);
            assertThat(visit.firstWrong(BYTES)).as("the first wrong byte").isEqualTo(-1);
        }
    }

    private static void up(ServerAndAgent running) throws IOException {
        try (RawVisit visit = RawVisit.to(running.address()).send("POST", "/", "Content-Length: " + BYTES + "\r\n")) {
            byte[] piece = new byte[64 * 1024];
            OutputStream out = visit.out();
            for (long sent = 0; sent < BYTES; sent += piece.length) {
                out.write(piece);
            }
            assertThat(visit.head()).startsWith("HTTP/1.1 200");
        }
    }

    private static void report(String way, long began, ServerAndAgent running) throws IOException {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.printf(
                Locale.ROOT,
                "%d GiB %s in %.1f s; peak resident memory: server %d MiB, agent %d MiB%n",
                BYTES >> 30,
                way,
                took.toMillis() / 1000.0,
                peak(running.server()) / 1024,
                peak(running.agent()) / 1024);
    }

    /** The most memory that a process ever had resident, in KiB (Linux). */
    private static long peak(Started process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
