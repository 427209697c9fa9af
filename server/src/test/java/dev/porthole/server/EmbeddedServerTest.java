package dev.porthole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.server.control.Scheduler;
import dev.porthole.server.store.StoreException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
    @TempDir
    Path folder;

    private final List<Runnable> waiting = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();

    private final Scheduler scheduler = new Scheduler() {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public void after(Duration delay, Runnable task) {
            waiting.add(task);
        }
    };

    private LeaseCount count() {
        return new LeaseCount(scheduler, Duration.ofSeconds(30), Duration.ofSeconds(5), () -> ended.add("end"));
    }

    @Test
    void serverEndsAfterItsLastLease() throws Exception {
        LeaseCount leases = count();
        AutoCloseable app = leases.take();
        AutoCloseable command = leases.take();
        waiting.removeFirst().run();
        app.close();
        app.close();
        assertThat(waiting).isEmpty();
        command.close();
        assertThat(ended).isEmpty();
        waiting.removeFirst().run();
        assertThat(ended).hasSize(1);
    }

    @Test
    void whoComesInTimeKeepsItRunning() throws Exception {
        LeaseCount leases = count();
        leases.take().close();
        AutoCloseable next = leases.take();
        waiting.forEach(Runnable::run);
        assertThat(ended).isEmpty();
        next.close();
    }

    @Test
    void serverThatNobodyComesForEnds() {
        count();
        waiting.removeFirst().run();
        assertThat(ended).hasSize(1);
    }

    @Test
    void portIsChosenOnceAndATakenOneIsToldByItsHolder() throws Exception {
        int port = EmbeddedPort.of(folder);
        assertThat(EmbeddedPort.of(folder)).isEqualTo(port);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(folder.resolve("port"), Integer.toString(taken.getLocalPort()));
            assertThatThrownBy(() -> EmbeddedPort.of(folder))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is taken by ");
        }
    }
}
