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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both ends of idle links watch each other. */
class PeerWatchPairTest {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final ConnectionLimits LIMITS = new ConnectionLimits(
            100, 16 * 1024 * 1024, 1024 * 1024, 64 * 1024, 64 * 1024, true, new Misuse.Allowance(50, 1_000));

    private final MockTicker clock = Ticker.newMockTicker();
    private final List<Link> links = new ArrayList<>();

    @AfterEach
    void nothingLeaks() {
        links.forEach(Link::end);
    }

    @Test // B-A6
    void theEdgeAsksAndTheAgentMeasuresOnceAMinute() {
        Link link = new Link();
        pass(Duration.ofMinutes(5));

        assertThat(link.edge.roundTrips).as("every nine seconds").isBetween(32, 35);
        assertThat(link.agent.roundTrips).isBetween(5, 6);
        assertThat(link.edge.deaths + link.agent.deaths).isZero();
    }

    @Test // B-A6
    void theAgentWakesOnceForAQuestion() {
        Link link = new Link();
        pass(Duration.ofSeconds(20));
        int wakes = link.agent.wakes;
        int rings = link.agent.rings;
        pass(Duration.ofSeconds(36));

        assertThat(link.agent.wakes - wakes).as("four questions").isEqualTo(4);
        assertThat(link.agent.rings - rings).as("timers that rang").isZero();
    }

    @Test // B-A6
    void whicheverEndDiesTheOtherFindsItWithinFifteenSeconds() {
        for (Duration after = Duration.ofSeconds(60);
                after.compareTo(Duration.ofSeconds(70)) < 0;
                after = after.plusMillis(650)) {
            Link link = new Link();
            pass(after);
            link.dead = true;
            pass(Duration.ofSeconds(15));
            assertThat(link.agent.deaths).as("found by the agent").isOne();
            assertThat(link.edge.deaths).as("found by the edge").isOne();
        }
    }

    @Test // B-A6
    void anAnswerLongAgoBuysNoTime() {
        Link link = new Link();
        pass(Duration.ofMillis(8_900));
        link.answer(512 * 1024);
        link.edge.watch.askNow();
        link.move();
        link.dead = true;
        pass(Duration.ofSeconds(15));

        assertThat(link.agent.deaths).isOne();
    }

    @Test // B-A6
    void anEdgeThatDoesNotAskIsAsked() {
        Link link = new Link();
        link.edge.watch.stop();
        pass(Duration.ofSeconds(60));

        assertThat(link.agent.roundTrips).isBetween(6, 8);
        assertThat(link.agent.deaths).isZero();
    }

    @Test
    void questionsOfTwoLinksComeTogether() {
        Link one = new Link();
        pass(Duration.ofSeconds(2));
        Link other = new Link();
        one.sibling = other;
        other.sibling = one;
        pass(Duration.ofSeconds(40));
        int before = one.agent.roundTrips + other.agent.roundTrips;
        pass(Duration.ofSeconds(27));

        assertThat(Duration.ofNanos(Math.abs(one.agent.askedAt - other.agent.askedAt)))
                .isLessThanOrEqualTo(STEP.multipliedBy(2));
        assertThat(one.agent.roundTrips + other.agent.roundTrips - before)
                .as("neither asks for the other's sake any more")
                .isLessThanOrEqualTo(2);
    }

    @Test
    void linksOfALongLineSettleToo() {
        Link one = new Link();
        pass(Duration.ofSeconds(2));
        Link other = new Link();
        one.sibling = other;
        other.sibling = one;
        one.latency = Duration.ofMillis(200);
        other.latency = Duration.ofMillis(200);
        pass(Duration.ofSeconds(100));
        int before = one.agent.roundTrips + other.agent.roundTrips;
        pass(Duration.ofSeconds(27));

        assertThat(one.agent.roundTrips + other.agent.roundTrips - before).isLessThanOrEqualTo(2);
    }

    private void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
            clock.advance(STEP.toNanos(), TimeUnit.NANOSECONDS);
            links.forEach(Link::move);
        }
    }

    /** Bytes that arrive later. */
    private record Late(long at, End to, ByteBuf bytes) {}

    private final class Link {
        private final End edge = new End(Multiplexer.Role.CLIENT, this);
        private final End agent = new End(Multiplexer.Role.SERVER, this);
        private @Nullable Link sibling;
        private final List<Late> underWay = new ArrayList<>();
        private Duration latency = Duration.ZERO;
        private boolean dead;

        Link() {
            links.add(this);
            move();
            // The session's own stream, which is always there.
            Http2Headers head = new DefaultHttp2Headers()
                    .method("POST")
                    .scheme("http")
                    .authority("a.test")
                    .path("/");
            Objects.requireNonNull(edge.http2.open(head, false, new Recorder()));
            edge.http2.flush();
            move();
            edge.watch.start(edge.channel.pipeline().context(edge.http2));
            agent.watch.start(agent.channel.pipeline().context(agent.http2));
            move();
        }

        private void move() {
            boolean moved = true;
            while (moved) {
                edge.run();
                agent.run();
                take(edge, agent);
                take(agent, edge);
                moved = deliver();
            }
        }

        /** The agent answers a request with so many bytes, and the stream is over. */
        private void answer(int bytes) {
            Http2Headers head = new DefaultHttp2Headers()
                    .method("GET")
                    .scheme("http")
                    .authority("a.test")
                    .path("/");
            Stream asked = Objects.requireNonNull(edge.http2.open(head, true, new Recorder()));
            edge.watch.streamOpened();
            edge.http2.flush();
            move();
            Stream asks = Objects.requireNonNull(agent.last);
            agent.watch.streamOpened();
            asks.headers(new DefaultHttp2Headers().status("200"), false);
            asks.data(Unpooled.buffer(bytes).writeZero(bytes), true);
            asks.flush();
            move();
            asked.consumed(bytes);
            move();
        }

        private void take(End from, End to) {
            for (ByteBuf bytes = from.channel.readOutbound(); bytes != null; bytes = from.channel.readOutbound()) {
                if (dead) {
                    bytes.release();
                } else {
                    underWay.add(new Late(clock.nanoTime() + latency.toNanos(), to, bytes));
                }
            }
        }

        private boolean deliver() {
            boolean moved = false;
            while (!underWay.isEmpty() && underWay.getFirst().at() <= clock.nanoTime()) {
                Late late = underWay.removeFirst();
                moved = true;
                if (late.to().channel.isOpen()) {
                    late.to().wakes++;
                    late.to().channel.writeInbound(late.bytes());
                } else {
                    late.bytes().release();
                }
            }
            return moved;
        }

        private void end() {
            underWay.forEach(late -> late.bytes().release());
            edge.channel.finishAndReleaseAll();
            agent.channel.finishAndReleaseAll();
        }
    }

    private final class End implements ConnectionListener, PeerWatch.Listener {
        private final Link link;
        private final Multiplexer http2;
        private final PeerWatch watch;
        private final EmbeddedChannel channel;
        private @Nullable Stream last;
        private int roundTrips;
        private int deaths;
        private int wakes;
        private int rings;
        private long ringsAt = Long.MAX_VALUE;
        private long askedAt;

        End(Multiplexer.Role role, Link link) {
            this.link = link;
            http2 = new Multiplexer(role, LIMITS, this, clock::nanoTime);
            watch = new PeerWatch(http2, PeerWatch.Times.USUAL, this);
            channel = EmbeddedChannel.builder().ticker(clock).handlers(http2).build();
        }

        private void run() {
            rings += clock.nanoTime() >= ringsAt ? 1 : 0;
            channel.runPendingTasks();
            long next = channel.runScheduledPendingTasks();
            ringsAt = next < 0 ? Long.MAX_VALUE : clock.nanoTime() + next;
        }

        @Override
        public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
            last = stream;
            return new Recorder();
        }

        @Override
        public void onPing() {
            askedAt = clock.nanoTime();
            watch.onPing();
            if (link.sibling != null && this == link.agent) {
                link.sibling.agent.watch.askToo();
            }
        }

        @Override
        public void onPong(long data) {
            watch.onPong(data);
        }

        @Override
        public void measured(Duration roundTrip) {
            roundTrips++;
        }

        @Override
        public void dead(String reason) {
            deaths++;
        }
    }
}
