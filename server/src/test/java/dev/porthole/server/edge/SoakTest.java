package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.porthole.core.agent.AgentConfig;
import dev.porthole.server.edge.ChaosProxy.Weather;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Half load for a long time, with a fault every second: nothing wrong, nothing left over. A minute when nothing else is
 * said, {@code -Dporthole.soak.seconds=N} for longer.
 */
@Tag("tools")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class SoakTest {
    private static final long SECONDS = Long.getLong("porthole.soak.seconds", 60);
    private static final int VISITORS = 32;
    private static final long MEBIBYTE = 1024 * 1024;

    /** What a process holds when nothing runs. */
    private record Held(long heap, long direct, int files, Edge.Load load) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "heap %d KiB, direct memory %d KiB, %d files, %s",
                    heap / 1024,
                    direct / 1024,
                    files,
                    load);
        }
    }

    private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();
    private final Random random = new Random(11);
    private LiveTunnel tunnel;
    private Traffic traffic;

    @BeforeEach
    void start() throws Exception {
        leaks.start();
        ((Logger) LoggerFactory.getLogger("io.netty.util.ResourceLeakDetector")).addAppender(leaks);
        tunnel = new LiveTunnel(
                (request, out) -> traffic().to(request, out),
                settings -> settings.with(EdgeSettings.Times.DEFAULT.withPing(Duration.ofSeconds(2))));
        traffic = new Traffic(tunnel.fixture.edge.address(), 300_000);
    }

    private Traffic traffic() {
        return traffic;
    }

    @AfterEach
    void stop() throws Exception {
        ((Logger) LoggerFactory.getLogger("io.netty.util.ResourceLeakDetector")).detachAppender(leaks);
        traffic.stop();
        tunnel.close();
    }

    // T-R6
    @Test
    void faultsForALongTimeLeaveNothingBehindAndNoByteWrong() throws Exception {
        run(Duration.ofSeconds(Math.max(10, SECONDS / 5)));
        Held before = quiet();
        long perfectBefore = traffic.perfect();
        traffic = traffic.again();
        run(Duration.ofSeconds(SECONDS));
        Held after = quiet();

        System.out.printf(
                Locale.ROOT,
                "Soak of %d s: %d perfect answers, %d broken ones, %d agent connections%n  before: %s%n  after:  %s%n",
                SECONDS,
                traffic.perfect(),
                traffic.broken(),
                tunnel.chaos.connections(),
                before,
                after);
        assertThat(perfectBefore).isPositive();
        assertThat(traffic.perfect()).isGreaterThan(SECONDS);
        assertThat(traffic.broken()).as("there were faults").isPositive();
        assertThat(traffic.wrong()).isEmpty();
        assertThat(traffic.twice()).isZero();
        assertThat(after.heap).isLessThan(before.heap + 16 * MEBIBYTE);
        assertThat(after.direct).isLessThan(before.direct + 16 * MEBIBYTE);
        assertThat(after.files).isLessThanOrEqualTo(before.files + 8);
        // One of them may be about to be dialled again.
        assertThat(after.load.sessions()).isBetween(1, AgentConfig.USUAL_SESSIONS);
        assertThat(after.load.streams()).as("control streams alone").isEqualTo(after.load.sessions());
        assertThat(leaks.list).as("leaked buffers").isEmpty();
    }

    private void run(Duration length) throws Exception {
        traffic.breakOneIn(50);
        traffic.startAtHalfLoad(VISITORS);
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            fault();
        }
        tunnel.chaos.weather(Weather.FAIR);
        tunnel.wakeAgent();
        tunnel.awaitCarried();
        traffic.awaitPerfect(50);
        traffic.stop();
    }

    private void fault() throws Exception {
        switch (random.nextInt(7)) {
            case 0, 1 -> tunnel.chaos.resetAll();
            case 2 -> tunnel.restartAgent();
            case 3 -> tunnel.chaos.losePower(ChaosProxy.Side.AGENT);
            case 4 -> {
                tunnel.chaos.openHole();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
                tunnel.chaos.fillHole();
            }
            case 5 ->
                tunnel.chaos.weather(Weather.FAIR
                        .withLatency(Duration.ofMillis(random.nextInt(20)), Duration.ofMillis(5))
                        .inSegmentsOf(1000 + random.nextInt(5000)));
            default -> tunnel.chaos.weather(Weather.FAIR);
        }
        tunnel.wakeAgent();
    }

    /** What is held once all that ends by itself has ended: streams at once, idle connections to the app after 4 s. */
    private Held quiet() {
        await(() -> tunnel.fixture.edge.load().streams()
                        == tunnel.fixture.edge.load().sessions()
                && tunnel.app.connections() == 0);
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
        int files = Objects.requireNonNull(new File("/proc/self/fd").list(), "no /proc/self/fd").length;
        return new Held(heap, direct, files, tunnel.fixture.edge.load());
    }

    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        assertThat(condition.getAsBoolean())
                .as(
                        "quiet within 30 s: %s, %d connections to the app",
                        tunnel.fixture.edge.load(), tunnel.app.connections())
                .isTrue();
    }
}
