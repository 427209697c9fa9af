package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each limit of one request and one connection: what just fits passes, and one more is refused as it says. */
class LimitsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n";

    private EdgeFixture fixture = new EdgeFixture();

    @SuppressWarnings("NullAway.Init") // Each test begins with start().
    private WireAgent agent;

    @AfterEach
    void stop() {
        if (agent != null) {
            agent.close();
        }
        fixture.close();
    }

    private void start(UnaryOperator<EdgeSettings> change) throws Exception {
        fixture.close();
        fixture = new EdgeFixture(change);
        agent = fixture.agent();
    }

    private void startWithLimits(EdgeSettings.Limits limits) throws Exception {
        start(settings -> settings.with(limits));
    }

    private static void assertRefused(RawVisitor.Reply reply, int status) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.field("porthole-error")).isEqualTo("limit_exceeded");
    }

    // T-W8
    @Test
    void requestLineOfTheLimitPassesAndOneByteMoreIs414AndCloses() throws Exception {
        startWithLimits(new EdgeSettings.Limits(300, 1000, 10));
        String frame = "GET / HTTP/1.1\r\n";
        String longest = "GET /" + "a".repeat(300 - frame.length()) + " HTTP/1.1\r\n";
        assertThat(longest).hasSize(300);
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.send(longest + "Host: app.localhost\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
            visitor.send(longest.replace("/a", "/aa") + "Host: app.localhost\r\n\r\n");
            assertRefused(visitor.read(), 414);
            assertThat(visitor.rest()).isEmpty();
        }
        assertThat(agent.requests).hasSize(1);
    }

    // T-W8
    @Test
    void headerOfTheLimitPassesAndOneByteMoreIs431AndCloses() throws Exception {
        startWithLimits(new EdgeSettings.Limits(300, 1000, 10));
        String host = "Host: app.localhost\r\n";
        String rest = "X-A: " + "a".repeat(1000 - host.length() - "X-A: \r\n\r\n".length()) + "\r\n\r\n";
        assertThat((host + rest)).hasSize(1000);
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.send("GET / HTTP/1.1\r\n" + host + rest).read().status())
                    .isEqualTo(200);
            visitor.send("GET / HTTP/1.1\r\n" + host + rest.replace(" a", " aa"));
            assertRefused(visitor.read(), 431);
            assertThat(visitor.rest()).isEmpty();
        }
    }

    // T-W8
    @Test
    void fieldsOfTheLimitPassAndOneMoreIs431AndCloses() throws Exception {
        startWithLimits(new EdgeSettings.Limits(300, 1000, 10));
        String nine = "X-A: 1\r\n".repeat(9);
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n" + nine + "\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n" + nine + "X-B: 1\r\n\r\n");
            assertRefused(visitor.read(), 431);
            assertThat(visitor.rest()).isEmpty();
        }
    }

    // T-W8
    @Test
    void lastRequestOfAConnectionIsAnsweredAndClosesIt() throws Exception {
        startWithLimits(EdgeSettings.Limits.DEFAULT.withRequests(3));
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(GET.repeat(4));
            assertThat(visitor.read().field("connection")).isNull();
            assertThat(visitor.read().field("connection")).isNull();
            RawVisitor.Reply last = visitor.read();
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.field("connection")).isEqualTo("close");
            assertThat(visitor.rest()).isEmpty();
        }
        assertThat(agent.requests).hasSize(3);
    }

    // B-D4
    @Test
    void requestBodyWithALengthAboveTheLimitIs413AndReachesNoApp() throws Exception {
        startWithLimits(EdgeSettings.Limits.DEFAULT.withBodies(5, Long.MAX_VALUE));
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(visitor.read().text()).isEqualTo("hello");
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 6\r\nExpect: 100-continue\r\n\r\n");
            assertRefused(visitor.read(), 413);
            assertThat(visitor.rest()).isEmpty();
        }
        assertThat(agent.requests).hasSize(1);
    }

    // B-D4
    @Test
    void requestBodyInChunksAboveTheLimitIs413AndItsStreamIsCancelled() throws Exception {
        startWithLimits(EdgeSettings.Limits.DEFAULT.withBodies(5, Long.MAX_VALUE));
        String chunked = "POST / HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n";
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(chunked + "2\r\nlo\r\n0\r\n\r\n");
            assertThat(visitor.read().text()).isEqualTo("hello");
            agent.nextRequest();
            visitor.send(chunked + "3\r\nlo!\r\n0\r\n\r\n");
            assertRefused(visitor.read(), 413);
            assertThat(visitor.rest()).isEmpty();
        }
        AgentSideStream stream = agent.nextRequest();
        stream.reset.get(10, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(stream.whole).isNotDone();
    }

    // B-D4
    @Test
    void answerWithALengthAboveTheLimitIs413AndTheConnectionGoesOn() throws Exception {
        startWithLimits(EdgeSettings.Limits.DEFAULT.withBodies(Long.MAX_VALUE, 5));
        agent.app = answers("content-length");
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get("app.localhost", "/5").text()).isEqualTo("aaaaa");
            assertRefused(visitor.get("app.localhost", "/6"), 413);
            assertThat(visitor.get("app.localhost", "/5").text()).isEqualTo("aaaaa");
            visitor.send("HEAD /6 HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(visitor.read(true).status()).isEqualTo(200);
        }
    }

    // B-D4, T-W5
    @Test
    void answerOfUnknownLengthAboveTheLimitBreaksOff() throws Exception {
        startWithLimits(EdgeSettings.Limits.DEFAULT.withBodies(Long.MAX_VALUE, 5));
        agent.app = answers("x-no-length");
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get("app.localhost", "/5").text()).isEqualTo("aaaaa");
            RawVisitor.Reply cut = visitor.get("app.localhost", "/6");
            assertThat(cut.status()).isEqualTo(200);
            assertThat(cut.complete()).isFalse();
            assertThat(visitor.rest()).isEmpty();
        }
    }

    /** Answers {@code /n} with n bytes, and with that number in a field. HEAD gets the field alone. */
    private static WireAgent.App answers(String lengthField) {
        return new WireAgent.App() {
            @Override
            public void complete(AgentSideStream stream) {
                String bytes = String.valueOf(stream.field(":path")).substring(1);
                if ("HEAD".equals(stream.field(":method"))) {
                    stream.answerAll(200, lengthField, bytes);
                } else {
                    stream.answer(200, lengthField, bytes);
                    stream.send(
                            "a".repeat(Integer.parseInt(bytes)).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                            true);
                }
            }
        };
    }

    // T-W8
    @Test
    void connectionsOfOneAddressPassUpToTheLimitAndOneMoreIs429() throws Exception {
        start(settings -> settings.with(Shares.DEFAULT.withConnections(100, 3)));
        // The agent's is one of them.
        try (RawVisitor first = fixture.visitor();
                RawVisitor second = fixture.visitor()) {
            assertThat(first.get("app.localhost", "/").status()).isEqualTo(200);
            assertThat(second.get("app.localhost", "/").status()).isEqualTo(200);
            try (RawVisitor third = fixture.visitor()) {
                RawVisitor.Reply reply = third.read();
                assertRefused(reply, 429);
                assertThat(reply.field("retry-after")).isEqualTo("5");
                assertThat(third.rest()).isEmpty();
            }
            second.leave();
            untilServed();
            assertThat(first.get("app.localhost", "/").status()).isEqualTo(200);
        }
    }

    /** The edge hears of a connection's end a moment after the visitor that left it. */
    private void untilServed() throws Exception {
        int status = 0;
        for (int tries = 0; tries < 1000 && status != 200; tries++) {
            try (RawVisitor again = fixture.visitor()) {
                status = again.get("app.localhost", "/").status();
            } catch (java.io.IOException closedFirst) {
                // Turned away before the request was written.
                status = 429;
            }
        }
        assertThat(status).isEqualTo(200);
    }

    // T-W8, T-R5
    @Test
    void whoeverIsIdleLongestMakesRoomWhenTheHouseIsFull() throws Exception {
        start(settings -> settings.with(Shares.DEFAULT.withConnections(3, 100)));
        agent.app = new WireAgent.App() {};
        try (RawVisitor busy = fixture.visitor();
                RawVisitor idle = fixture.visitor()) {
            busy.send(GET);
            AgentSideStream waiting = agent.nextRequest();
            idle.get("nobody.localhost", "/");
            try (RawVisitor next = fixture.visitor()) {
                next.send(GET);
                AgentSideStream second = agent.nextRequest();
                assertThat(idle.rest()).as("the idle one makes room").isEmpty();
                try (RawVisitor tooMany = fixture.visitor()) {
                    assertRefused(tooMany.read(), 503);
                    assertThat(tooMany.rest()).isEmpty();
                }
                waiting.answerAll(204);
                second.answerAll(204);
                assertThat(busy.read().status()).isEqualTo(204);
                assertThat(next.read().status()).isEqualTo(204);
            }
        }
    }

    // T-W8
    @Test
    void bodyThatStopsComingIsBrokenOff() throws Exception {
        start(settings -> settings.with(EdgeSettings.Times.DEFAULT.withStall(java.time.Duration.ofMillis(200))));
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 5\r\n\r\nhell");
            AgentSideStream stream = agent.nextRequest();
            stream.reset.get(10, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(stream.whole).isNotDone();
            assertThat(visitor.rest()).isEmpty();
        }
    }

    // B-E5
    @Test
    void requestsBeyondAnAddressesRateAre429WithRetryAfterAndTheConnectionGoesOn() throws Exception {
        start(settings -> settings.with(Shares.DEFAULT.withRates(1, Integer.MAX_VALUE)));
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get("app.localhost", "/").status()).isEqualTo(200);
            RawVisitor.Reply reply = visitor.get("app.localhost", "/");
            assertRefused(reply, 429);
            assertThat(reply.field("retry-after")).isEqualTo("1");
            assertThat(reply.field("connection")).isNull();
            visitor.socket.setSoTimeout(2000);
            assertThat(visitor.get("localhost", "/health").status())
                    .as("the server's own pages are not counted")
                    .isNotEqualTo(429);
        }
    }

    // B-E5
    @Test
    void requestsBeyondATunnelsRateAre429AndOtherTunnelsGoOn() throws Exception {
        start(settings -> settings.with(Shares.DEFAULT.withRates(Integer.MAX_VALUE, 1)));
        fixture.routes.put(
                new dev.porthole.server.relay.TunnelRoute("tun_other", "prj_1", "other", EdgeFixture.ENDPOINT, true));
        agent.announce("tun_other");
        try (RawVisitor visitor = fixture.visitor();
                RawVisitor another = fixture.visitor()) {
            assertThat(visitor.get("app.localhost", "/").status()).isEqualTo(200);
            assertRefused(another.get("app.localhost", "/"), 429);
            assertThat(another.get("other.localhost", "/").status()).isEqualTo(200);
        }
    }

    // B-E5, B-E8
    @Test
    void ratesCountWhomATrustedProxyNames() throws Exception {
        start(settings -> settings.with(Shares.DEFAULT.withRates(1, Integer.MAX_VALUE))
                .with(TrustedProxies.parse(java.util.List.of("127.0.0.0/8"))));
        try (RawVisitor proxy = fixture.visitor()) {
            assertThat(status(proxy, "203.0.113.1")).isEqualTo(200);
            assertThat(status(proxy, "203.0.113.1")).isEqualTo(429);
            assertThat(status(proxy, "203.0.113.2")).isEqualTo(200);
            assertThat(status(proxy, "203.0.113.1, 203.0.113.3"))
                    .as("what the visitor itself says comes first in the list and does not count")
                    .isEqualTo(200);
            assertThat(status(proxy, "2001:db8::1")).isEqualTo(200);
            assertThat(status(proxy, "2001:db8::2"))
                    .as("the same network of 64 bits")
                    .isEqualTo(429);
        }
    }

    private static int status(RawVisitor proxy, String forwardedFor) throws Exception {
        proxy.send("GET / HTTP/1.1\r\nHost: app.localhost\r\nX-Forwarded-For: " + forwardedFor + "\r\n\r\n");
        return proxy.read().status();
    }

    // T-R3, T-R5
    @Test
    void requestsThatWaitForAnAgentPassUpToTheLimitAndOneMoreIs503() throws Exception {
        fixture.close();
        fixture = new EdgeFixture(settings -> settings.with(Shares.DEFAULT.withHeld(100, 2))
                .with(EdgeSettings.Times.DEFAULT.withReturningAgent(java.time.Duration.ofMinutes(1))));
        try (RawVisitor first = fixture.visitor();
                RawVisitor second = fixture.visitor();
                RawVisitor third = fixture.visitor()) {
            first.send(GET);
            second.send(GET);
            // One loop, in order of arrival: when this is answered, the two before it wait.
            assertThat(third.get("nobody.localhost", "/").status()).isEqualTo(404);
            RawVisitor.Reply reply = third.get("app.localhost", "/");
            assertRefused(reply, 503);
            assertThat(reply.field("retry-after")).isEqualTo("5");
            second.leave();
            agent = fixture.agent();
            assertThat(first.read().status()).isEqualTo(200);
            assertThat(third.get("app.localhost", "/").status()).isEqualTo(200);
        }
    }

    // T-W8
    @Test
    void ratesRememberAsManyAsTheyMayAndForgetTheOldest() {
        RateLimit<Long> rate = new RateLimit<>(1, io.netty.util.concurrent.Ticker.newMockTicker());
        for (long who = 0; who < RateLimit.REMEMBERED + 10L; who++) {
            assertThat(rate.secondsToWait(who)).isZero();
        }
        assertThat(rate.remembered()).isEqualTo(RateLimit.REMEMBERED);
        assertThat(rate.secondsToWait(RateLimit.REMEMBERED + 9L)).isOne();
        assertThat(rate.secondsToWait(0L)).as("forgotten").isZero();
    }

    // B-E5
    @Test
    void stockOfARateFillsWithTime() throws Exception {
        io.netty.util.concurrent.MockTicker time = io.netty.util.concurrent.Ticker.newMockTicker();
        RateLimit<String> rate = new RateLimit<>(2, time);
        assertThat(rate.secondsToWait("a")).isZero();
        assertThat(rate.secondsToWait("a")).isZero();
        assertThat(rate.secondsToWait("a")).isOne();
        time.advance(500, java.util.concurrent.TimeUnit.MILLISECONDS);
        assertThat(rate.secondsToWait("a")).isZero();
        assertThat(rate.secondsToWait("a")).isOne();
        time.advance(1, java.util.concurrent.TimeUnit.HOURS);
        assertThat(rate.secondsToWait("a")).isZero();
        assertThat(rate.secondsToWait("a")).isZero();
        assertThat(rate.secondsToWait("a"))
                .as("a second's worth in stock, not more")
                .isOne();
    }

    // T-W8
    @Test
    void addressesAreKeptApartAndNetworksOfIpv6Together() throws Exception {
        assertThat(key("192.0.2.1")).isNotEqualTo(key("192.0.2.2"));
        assertThat(key("2001:db8:0:1::1")).isEqualTo(key("2001:db8:0:1:ffff::2"));
        assertThat(key("2001:db8:0:1::1")).isNotEqualTo(key("2001:db8:0:2::1"));
    }

    private static long key(String address) throws Exception {
        return ClientAddress.key(new InetSocketAddress(address, 1).getAddress());
    }
}
