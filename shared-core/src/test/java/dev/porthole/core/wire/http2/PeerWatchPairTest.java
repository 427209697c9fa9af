package dev.porthole.core.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
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
        pass(Duration.ofSeconds(36));

        assertThat(link.agent.wakes - wakes).as("four questions").isEqualTo(4);
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

    private void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
            clock.advance(STEP.toNanos(), TimeUnit.NANOSECONDS);
            links.forEach(Link::move);
        }
    }

    private final class Link {
        private final End edge = new End(Multiplexer.Role.CLIENT, this);
        private final End agent = new End(Multiplexer.Role.SERVER, this);
        private @Nullable Link sibling;
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
                moved = take(edge, agent);
                moved |= take(agent, edge);
            }
        }

        private boolean take(End from, End to) {
            boolean moved = false;
            for (ByteBuf bytes = from.channel.readOutbound(); bytes != null; bytes = from.channel.readOutbound()) {
                moved = true;
                if (dead || !to.channel.isOpen()) {
                    bytes.release();
                } else {
                    to.wakes++;
                    to.channel.writeInbound(bytes);
                }
            }
            return moved;
        }

        private void end() {
            edge.channel.finishAndReleaseAll();
            agent.channel.finishAndReleaseAll();
        }
    }

    private final class End implements ConnectionListener, PeerWatch.Listener {
        private final Link link;
        private final Multiplexer http2;
        private final PeerWatch watch;
        private final EmbeddedChannel channel;
        private int roundTrips;
        private int deaths;
        private int wakes;
        private long askedAt;

        End(Multiplexer.Role role, Link link) {
            this.link = link;
            http2 = new Multiplexer(role, LIMITS, this, clock::nanoTime);
            watch = new PeerWatch(http2, PeerWatch.Times.USUAL, this);
            channel = EmbeddedChannel.builder().ticker(clock).handlers(http2).build();
        }

        private void run() {
            channel.runPendingTasks();
            channel.runScheduledPendingTasks();
        }

        @Override
        public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
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
