package dev.porthole.core.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One end that watches, and a peer whose bytes arrive when the test says so. */
class PeerWatchTest {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final ConnectionLimits LIMITS = new ConnectionLimits(
            100, 16 * 1024 * 1024, 1024 * 1024, 64 * 1024, 64 * 1024, true, new Misuse.Allowance(50, 1_000));

    private final MockTicker clock = Ticker.newMockTicker();
    private final List<String> deaths = new ArrayList<>();
    private final List<Duration> roundTrips = new ArrayList<>();
    private final Multiplexer edge = new Multiplexer(Multiplexer.Role.CLIENT, LIMITS, new Life(), clock::nanoTime);
    private final Multiplexer agent = new Multiplexer(Multiplexer.Role.SERVER, LIMITS, new Life(), clock::nanoTime);
    private final PeerWatch watch = new PeerWatch(edge, PeerWatch.Times.USUAL, new PeerWatch.Listener() {
        @Override
        public void measured(Duration roundTrip) {
            roundTrips.add(roundTrip);
        }

        @Override
        public void dead(String reason) {
            deaths.add(reason);
        }
    });
    private final EmbeddedChannel edgeSide = channel(edge);
    private final EmbeddedChannel agentSide = channel(agent);
    private final List<Late> underWay = new ArrayList<>();
    private Duration latency = Duration.ZERO;
    private boolean dead;

    /** Bytes that arrive later. */
    private record Late(long at, EmbeddedChannel to, ByteBuf bytes) {}

    PeerWatchTest() {
        move();
        // The session's own stream, which is always there.
        open();
        watch.start(edgeSide.pipeline().context(edge));
        move();
    }

    @AfterEach
    void nothingLeaks() {
        underWay.forEach(late -> late.bytes().release());
        edgeSide.finishAndReleaseAll();
        agentSide.finishAndReleaseAll();
    }

    // B-A6
    @Test
    void aDeadPeerOfAnIdleLinkIsFoundWithinFifteenSeconds() {
        pass(Duration.ofSeconds(40));
        assertThat(deaths).isEmpty();
        assertThat(roundTrips).hasSizeBetween(4, 6);
        dead = true;
        assertThat(timeUntilDead()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
        assertThat(edgeSide.isOpen()).isFalse();
    }

    @Test
    void anIdleLinkIsLookedAtOnlyWhenItIsAskedAgain() {
        // The answer to the first PING is there.
        assertThat(roundTrips).hasSize(1);
        assertThat(Duration.ofNanos(edgeSide.runScheduledPendingTasks())).isEqualTo(PeerWatch.Times.USUAL.idle());
    }

    @Test
    void whoIsAskedAsksInTheSameBreath() {
        pass(Duration.ofSeconds(4));
        agent.ping(42);
        move();
        // It asked four seconds ago.
        assertThat(roundTrips).hasSize(1);
        pass(Duration.ofSeconds(2));
        agent.ping(43);
        move();
        assertThat(roundTrips).hasSize(2);
        assertThat(Duration.ofNanos(edgeSide.runScheduledPendingTasks())).isEqualTo(PeerWatch.Times.USUAL.idle());
    }

    // B-A6
    @Test
    void aDeadPeerIsFoundWithinThreeSecondsWhileAStreamWaits() {
        // Right after a look at the idle link: the next one is far away.
        pass(Duration.ofSeconds(14));
        dead = true;
        pass(Duration.ofSeconds(1));
        open();
        assertThat(timeUntilDead()).isLessThanOrEqualTo(Duration.ofSeconds(3));
    }

    // B-A6
    @Test
    void aPeerThatDiesWhileAStreamWaitsIsFoundWithinThreeSeconds() {
        open();
        pass(Duration.ofMinutes(2));
        assertThat(deaths).isEmpty();
        dead = true;
        assertThat(timeUntilDead()).isLessThanOrEqualTo(Duration.ofSeconds(3));
    }

    // B-A6
    @Test
    void aSlowLinkIsNoDeadOne() {
        latency = Duration.ofMillis(600);
        pass(Duration.ofSeconds(30));
        open();
        pass(Duration.ofMinutes(2));
        assertThat(deaths).isEmpty();
        assertThat(roundTrips.getLast()).isBetween(Duration.ofMillis(1200), Duration.ofMillis(1300));
        dead = true;
        // Four round trips of patience, and one for what is still under way.
        assertThat(timeUntilDead()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    // B-A6
    @Test
    void aPeerThatSendsAnythingIsThereWhateverBecameOfItsAnswer() {
        open();
        pass(Duration.ofSeconds(2));
        dead = true;
        // A frame of a type that nobody knows, which never ends: bytes, and no answer.
        edgeSide.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 1, 0, 0x42, 0, 0, 0, 0, 0}));
        for (int count = 0; count < 30; count++) {
            pass(Duration.ofMillis(900));
            edgeSide.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
        }
        assertThat(deaths).isEmpty();
    }

    // B-A6
    @Test
    void bodiesThatJustLeftBuyTime() {
        List<Stream> uploads = List.of(open(), open(), open(), open());
        pass(Duration.ofSeconds(2));
        dead = true;
        for (Stream upload : uploads) {
            upload.data(Unpooled.wrappedBuffer(new byte[512 * 1024]), false);
        }
        edge.flush();
        Duration until = timeUntilDead();
        assertThat(until).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    // B-A6, T-R2
    @Test
    void whoSleptAsksAfreshInsteadOfBuryingThePeer() {
        open();
        pass(Duration.ofSeconds(2));
        clock.advance(1, TimeUnit.HOURS);
        edgeSide.runScheduledPendingTasks();
        assertThat(deaths).isEmpty();
        move();
        pass(Duration.ofSeconds(20));
        assertThat(deaths).isEmpty();
    }

    // T-R2
    @Test
    void whoIsAskedNowHasASecondAndAHalf() {
        pass(Duration.ofSeconds(3));
        dead = true;
        watch.askNow();
        assertThat(timeUntilDead()).isBetween(Duration.ofMillis(1400), Duration.ofMillis(1600));
    }

    // B-D8
    @Test
    void aPeerThatOwesAnAnswerIsDoubtful() {
        open();
        pass(Duration.ofSeconds(5));
        assertThat(watch.isDoubtful()).isFalse();
        dead = true;
        pass(Duration.ofMillis(1700));
        assertThat(watch.isDoubtful()).isTrue();
        assertThat(deaths).isEmpty();
    }

    private Stream open() {
        Http2Headers head = new DefaultHttp2Headers()
                .method("GET")
                .scheme("http")
                .authority("a.test")
                .path("/");
        Stream stream = Objects.requireNonNull(edge.open(head, false, new Recorder()));
        watch.streamOpened();
        edge.flush();
        move();
        return stream;
    }

    private Duration timeUntilDead() {
        Duration passed = Duration.ZERO;
        while (deaths.isEmpty() && passed.compareTo(Duration.ofMinutes(1)) < 0) {
            pass(STEP);
            passed = passed.plus(STEP);
        }
        return passed;
    }

    private void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
            clock.advance(STEP.toNanos(), TimeUnit.NANOSECONDS);
            edgeSide.runScheduledPendingTasks();
            agentSide.runScheduledPendingTasks();
            move();
        }
    }

    /** Moves bytes both ways, unless the line is dead; late by the latency. */
    private void move() {
        boolean moved = true;
        while (moved) {
            edge.flush();
            agent.flush();
            edgeSide.runPendingTasks();
            agentSide.runPendingTasks();
            moved = take(edgeSide, agentSide);
            moved |= take(agentSide, edgeSide);
            moved |= deliver();
        }
    }

    private boolean take(EmbeddedChannel from, EmbeddedChannel to) {
        boolean moved = false;
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            moved = true;
            if (dead) {
                bytes.release();
            } else {
                underWay.add(new Late(clock.nanoTime() + latency.toNanos(), to, bytes));
            }
        }
        return moved;
    }

    private boolean deliver() {
        boolean moved = false;
        while (!underWay.isEmpty() && underWay.getFirst().at() <= clock.nanoTime()) {
            Late late = underWay.removeFirst();
            moved = true;
            if (late.to().isOpen()) {
                late.to().writeInbound(late.bytes());
            } else {
                late.bytes().release();
            }
        }
        return moved;
    }

    private EmbeddedChannel channel(Multiplexer end) {
        return EmbeddedChannel.builder().ticker(clock).handlers(end).build();
    }

    private final class Life implements ConnectionListener {
        @Override
        public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
            return new Recorder();
        }

        @Override
        public void onPing() {
            watch.onPing();
        }

        @Override
        public void onPong(long data) {
            watch.onPong(data);
        }
    }
}
