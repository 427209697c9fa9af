package dev.porthole.core.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.ManualTime;
import dev.porthole.core.observe.Subscription;
import java.nio.CharBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrafficBookTest {
    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1";

    private final ManualTime time = new ManualTime();
    private final TrafficBook book = new TrafficBook(time, time::after);
    private final TrafficCounter counter = book.of("tun_1");

    @Test // B-B16
    void ratesAreOfTheSecondsThatAreOver() {
        for (int second = 0; second < 10; second++) {
            for (int request = 0; request < 3; request++) {
                VisitorCell visitor = counter.begin("203.0.113.7", PHONE, "/");
                counter.received(100, visitor);
                counter.sent(2_000, visitor);
                counter.end(visitor);
            }
            time.advance(Duration.ofSeconds(1));
        }

        Traffic now = now();
        assertThat(now.requestsPerSecond()).isEqualTo(3.0);
        assertThat(now.bytesInPerSecond()).isEqualTo(300.0);
        assertThat(now.bytesOutPerSecond()).isEqualTo(6_000.0);
        assertThat(now.requests().size()).isEqualTo(Traffic.SECONDS);
        assertThat(now.requests().sumOfLast(10)).isEqualTo(30);
        assertThat(now.requests().sum()).isEqualTo(30);
    }

    @Test // B-B16
    void lastHourForgetsWhatIsOlder() {
        counter.end(counter.begin("203.0.113.7", PHONE, "/"));
        counter.failed();
        time.advance(Duration.ofMinutes(59));
        counter.end(counter.begin("198.51.100.23", "curl/8", "/late"));

        assertThat(now().requestsByMinute().sum()).isEqualTo(2);
        assertThat(now().failuresByMinute().sum()).isEqualTo(1);

        time.advance(Duration.ofMinutes(2));
        Traffic later = now();
        assertThat(later.requestsByMinute().sum()).isEqualTo(1);
        assertThat(later.failuresByMinute().sum()).isZero();
        assertThat(later.visitors()).extracting(Visitor::agent).containsExactly("curl/8");
    }

    @Test // B-B16
    void visitorIsOnWhileARequestRunsAndAMinuteAfter() {
        VisitorCell visitor = counter.begin("203.0.113.7, 10.0.0.1", PHONE, "/checkout?token=secret");
        counter.sent(1_200, visitor);
        time.advance(Duration.ofMinutes(10));

        Visitor seen = now().visitorsNow().getFirst();
        assertThat(seen.address()).isEqualTo("203.0.113.7");
        assertThat(seen.agent()).isEqualTo(PHONE);
        assertThat(seen.path()).as("without what a query may hide").isEqualTo("/checkout");
        assertThat(seen.bytes()).isEqualTo(1_200);
        assertThat(seen.running()).isEqualTo(1);

        counter.end(visitor);
        assertThat(now().visitorsNow()).isEmpty();
        assertThat(now().visitors()).hasSize(1);
        assertThat(now().lastRequest()).contains(time.instant().minus(Duration.ofMinutes(10)));
    }

    @Test // B-B16 T-L4
    void visitorsAreBoundedInNumberAndInWords() {
        VisitorCell first = counter.begin("198.51.100.1", "x".repeat(10_000), "/" + "y".repeat(10_000));
        for (int number = 0; number < 500; number++) {
            counter.end(counter.begin("203.0.113." + number % 256, "agent-" + number, "/"));
        }

        Traffic now = now();
        assertThat(now.visitors()).hasSize(Traffic.MOST_VISITORS);
        Visitor kept = now.visitors().stream()
                .filter(visitor -> visitor.address().equals("198.51.100.1"))
                .findFirst()
                .orElseThrow();
        assertThat(kept.running()).as("who is there is not pushed out").isEqualTo(1);
        assertThat(kept.agent()).hasSize(200);
        assertThat(kept.path()).hasSize(256);
        assertThat(now.requests().sum() + now.requestsByMinute().sum()).isEqualTo(501);
        counter.end(first);
    }

    @Test // B-B16
    void sameVisitorTakesNoSecondPlace() {
        for (int request = 0; request < 1_000; request++) {
            counter.end(counter.begin(CharBuffer.wrap("203.0.113.7"), CharBuffer.wrap(PHONE), "/"));
        }

        assertThat(now().visitors())
                .singleElement()
                .satisfies(visitor -> assertThat(visitor.requests()).isEqualTo(1_000));
    }

    @Test // B-B16
    void watchersAreToldOnceASecondAndNobodyIsWokenForNothing() throws Exception {
        BlockingQueue<Traffic> told = new LinkedBlockingQueue<>();
        try (Subscription _ = book.traffic("tun_1").subscribe(told::add)) {
            assertThat(next(told).requests().sum()).isZero();
            assertThat(time.nobodyWaits()).as("quiet: no wait runs").isTrue();

            for (int request = 0; request < 50; request++) {
                counter.end(counter.begin("203.0.113.7", PHONE, "/"));
            }
            assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(1));
            assertThat(time.nobodyWaits()).as("one wait for all requests").isTrue();
            time.advance(Duration.ofSeconds(1));
            assertThat(next(told).requests().sum()).isEqualTo(50);

            assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(1));
            time.advance(Duration.ofMinutes(6));
            assertThat(next(told).requests().sum()).isZero();
            assertThat(time.nextWait()).as("the hour moves slowly").isEqualTo(Duration.ofMinutes(1));
            time.advance(Duration.ofMinutes(60));
            next(told);
        }
        counter.end(counter.begin("203.0.113.7", PHONE, "/"));
        assertThat(time.nobodyWaits()).as("nobody watches").isTrue();
    }

    @Test // B-B16
    void chartOfWhatIsOverMovesSlowlyUntilSomethingPassesAgain() throws Exception {
        BlockingQueue<Traffic> told = new LinkedBlockingQueue<>();
        VisitorCell visitor = counter.begin("203.0.113.7", PHONE, "/download");
        try (Subscription _ = book.traffic("tun_1").subscribe(told::add)) {
            next(told);
            assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(1));
            time.advance(Duration.ofSeconds(13));
            next(told);
            assertThat(time.nextWait()).as("a connection that says nothing").isEqualTo(Duration.ofSeconds(5));

            counter.sent(1_000, visitor);
            assertThat(time.nextWait()).as("it says something").isEqualTo(Duration.ofSeconds(1));
            counter.sent(1_000, visitor);
            assertThat(time.nobodyWaits()).as("one wait for all of it").isTrue();
            time.advance(Duration.ofSeconds(1));
            assertThat(next(told).bytesOut().sum()).isEqualTo(2_000);

            assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(1));
            time.advance(Duration.ofSeconds(13));
            next(told);
            assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(5));
            counter.end(visitor);
            assertThat(time.nextWait()).as("the visitor leaves").isEqualTo(Duration.ofSeconds(1));
        }
    }

    private Traffic now() {
        return book.traffic("tun_1").get();
    }

    private static Traffic next(BlockingQueue<Traffic> told) throws InterruptedException {
        return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nothing was told");
    }
}
