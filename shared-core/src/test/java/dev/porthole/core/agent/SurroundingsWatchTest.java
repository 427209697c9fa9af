package dev.porthole.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SurroundingsWatchTest {
    private final ManualTime time = new ManualTime();
    private final AtomicLong monotonic = new AtomicLong();
    private final Semaphore changes = new Semaphore(0);
    private volatile Set<InetAddress> addresses = Set.of(InetAddress.getLoopbackAddress());
    private volatile boolean quiet;
    private volatile boolean unreadable;
    private final SurroundingsWatch watch =
            new SurroundingsWatch(time, monotonic::get, new TestNetwork(), changes::release);

    private final class TestNetwork implements SurroundingsWatch.Network {
        @Override
        public Set<InetAddress> addresses() throws SocketException {
            if (unreadable) {
                throw new SocketException("no descriptor is left");
            }
            return addresses;
        }

        @Override
        public boolean mayHaveChanged() {
            return !quiet;
        }
    }

    @BeforeEach
    void start() throws Exception {
        watch.start();
        assertThat(time.nextWait()).isEqualTo(SurroundingsWatch.EVERY);
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    // B-A7, T-R2
    @Test
    void aSleepShowsInTheWallClockAlone() throws Exception {
        monotonic.addAndGet(SurroundingsWatch.EVERY.toNanos());
        time.advance(Duration.ofHours(8));
        assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    // B-A7, T-R2
    @Test
    void aProcessThatWasStoppedNoticesByTheOtherClock() throws Exception {
        monotonic.addAndGet(Duration.ofSeconds(60).toNanos());
        time.advance(SurroundingsWatch.EVERY);
        assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    // B-A7
    @Test
    void aBusyComputerIsNoSleepingOne() throws Exception {
        for (int looks = 0; looks < 5; looks++) {
            tick(Duration.ofSeconds(5));
        }
        assertThat(changes.availablePermits()).isZero();
    }

    // B-A7, T-R2
    @Test
    void otherAddressesAreAnotherNetwork() throws Exception {
        tick(SurroundingsWatch.EVERY);
        assertThat(changes.availablePermits()).isZero();
        addresses = Set.of(InetAddress.ofLiteral("192.0.2.7"));
        tick(SurroundingsWatch.EVERY);
        assertThat(changes.availablePermits()).isOne();
        tick(SurroundingsWatch.EVERY);
        assertThat(changes.availablePermits()).isOne();
        // All gone is news too: what comes back later then is.
        addresses = Set.of();
        tick(SurroundingsWatch.EVERY);
        assertThat(changes.availablePermits()).isEqualTo(2);
    }

    // B-A7
    @Test
    void whatTheNetworkCallsUnchangedIsNotAskedFor() throws Exception {
        tick(SurroundingsWatch.EVERY);
        quiet = true;
        addresses = Set.of(InetAddress.ofLiteral("192.0.2.7"));
        tick(SurroundingsWatch.EVERY);
        assertThat(changes.availablePermits()).isZero();
        quiet = false;
        tick(SurroundingsWatch.EVERY);
        assertThat(changes.availablePermits()).isOne();
    }

    // B-A7, T-R2
    @Test
    void newsOfAddressesThatCouldNotBeReadIsNotLost() throws Exception {
        tick(SurroundingsWatch.EVERY);
        unreadable = true;
        addresses = Set.of(InetAddress.ofLiteral("192.0.2.7"));
        tick(SurroundingsWatch.EVERY);
        quiet = true;
        unreadable = false;
        tick(SurroundingsWatch.EVERY);
        assertThat(changes.availablePermits()).isOne();
    }

    // B-A8
    @Test
    void whoIsClosedLooksNoMore() throws Exception {
        watch.close();
        addresses = Set.of();
        time.advance(Duration.ofHours(1));
        assertThat(changes.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
    }

    private void tick(Duration passed) throws InterruptedException {
        monotonic.addAndGet(passed.toNanos());
        time.advance(passed);
        assertThat(time.nextWait()).isEqualTo(SurroundingsWatch.EVERY);
    }
}
