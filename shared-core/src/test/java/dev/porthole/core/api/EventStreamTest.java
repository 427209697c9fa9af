package dev.porthole.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.TestControlPlane;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final String EVENTS = "GET /api/v1/projects/prj_1/events";
    private static final EventStream.BackOff QUICK =
            new EventStream.BackOff(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(10));

    private final LinkedBlockingQueue<String> news = new LinkedBlockingQueue<>();
    private TestControlPlane server;
    private ControlPlaneClient client;

    @BeforeEach
    void start() throws Exception {
        server = new TestControlPlane();
        client = new ControlPlaneClient(new ServerAddress(server.base()), Credentials.ofKey("key-1"), "test");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    // B-B13: nothing polls, and a break loses nothing
    @Test
    void resumesAfterTheLastEventThatItSaw() throws Exception {
        LinkedBlockingQueue<String> resumedAfter = new LinkedBlockingQueue<>();
        server.route(EVENTS, (exchange, _) -> {
            String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            resumedAfter.add(last == null ? "start" : last);
            int next = last == null ? 1 : Integer.parseInt(last) + 1;
            stream(
                    exchange,
                    "id: " + next + "\nevent: tunnel.updated\ndata: {\"sequence\":" + next
                            + ",\"type\":\"tunnel.updated\",\"resource\":\"tun_1\",\"data\":null,\"at\":\"2026-01-01T00:00:00Z\"}\n\n");
        });
        try (EventStream _ = EventStream.open(client, "prj_1", new Recorder(), QUICK)) {
            assertThat(next()).isEqualTo("connected");
            assertThat(next()).isEqualTo("event 1");
            assertThat(next()).isEqualTo("interrupted");
            assertThat(next()).isEqualTo("connected");
            assertThat(next()).isEqualTo("event 2");
        }
        assertThat(resumedAfter.poll(20, TimeUnit.SECONDS)).isEqualTo("start");
        assertThat(resumedAfter.poll(20, TimeUnit.SECONDS)).isEqualTo("1");
    }

    // B-A11
    @Test
    void refusalEndsItWithItsStatus() throws Exception {
        try (EventStream _ = EventStream.open(client, "prj_gone", new Recorder(), QUICK)) {
            assertThat(next()).isEqualTo("refused 404");
        }
        ControlPlaneClient stranger =
                new ControlPlaneClient(new ServerAddress(server.base()), Credentials.ofKey("wrong"), "test");
        try (EventStream _ = EventStream.open(stranger, "prj_1", new Recorder(), QUICK)) {
            assertThat(next()).isEqualTo("refused 401");
        }
        assertThat(server.calls).filteredOn(EVENTS::equals).hasSize(1);
    }

    private String next() throws InterruptedException {
        return String.valueOf(news.poll(20, TimeUnit.SECONDS));
    }

    private static void stream(HttpServerExchange exchange, String text) throws IOException {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream");
        exchange.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getOutputStream().close();
    }

    private final class Recorder implements EventStream.Listener {
        @Override
        public void connected() {
            news.add("connected");
        }

        @Override
        public void event(ProjectEvent event) {
            news.add("event " + event.sequence());
        }

        @Override
        public void interrupted(IOException reason) {
            news.add("interrupted");
        }

        @Override
        public void refused(ProblemException problem) {
            news.add("refused " + problem.status());
        }
    }
}
