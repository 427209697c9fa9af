package dev.porthole.desktop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    /** Waits that a test ends. */
    private record Wait(Duration length, CompletableFuture<Void> over) {}

    private final BlockingQueue<Wait> waits = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final AgentTime time = new AgentTime() {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public CompletableFuture<Void> after(Duration delay) {
            CompletableFuture<Void> over = new CompletableFuture<>();
            waits.add(new Wait(delay, over));
            return over;
        }
    };
    private volatile CompletableFuture<Void> pulse = CompletableFuture.completedFuture(null);

    private ServiceManager waiting(@Nullable Duration watchdog) {
        return new ServiceManager() {
            @Override
            public void ready() {}

            @Override
            public void status(String line) {}

            @Override
            public void stopping() {}

            @Override
            public void alive() {
                told.add("alive");
            }

            @Override
            public Optional<Duration> watchdog() {
                return Optional.ofNullable(watchdog);
            }

            @Override
            public void close() {}
        };
    }

    private Wait nextWait() throws InterruptedException {
        Wait wait = waits.poll(20, TimeUnit.SECONDS);
        assertThat(wait).isNotNull();
        return wait;
    }

    @Test
    void agentThatWorksSaysSoTwiceInEachInterval() throws Exception {
        try (Watchdog _ = Watchdog.start(waiting(Duration.ofSeconds(30)), () -> pulse, time)) {
            Wait first = nextWait();
            assertThat(first.length()).isEqualTo(Duration.ofSeconds(15));
            assertThat(told).hasSize(1);
            first.over().complete(null);
            nextWait();
            assertThat(told).hasSize(2);
        }
    }

    @Test
    void loopThatIsStuckSaysNothingUntilItTurnsAgain() throws Exception {
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        pulse = stuck;
        try (Watchdog _ = Watchdog.start(waiting(Duration.ofSeconds(30)), () -> pulse, time)) {
            nextWait().over().complete(null);
            nextWait();
            assertThat(told).isEmpty();
            stuck.complete(null);
            assertThat(told).isNotEmpty();
        }
    }

    @Test
    void withoutAWatchdogNothingIsSaid() {
        Watchdog.start(waiting(null), () -> pulse, time).close();
        assertThat(told).isEmpty();
        assertThat(waits).isEmpty();
    }
}
