package dev.porthole.desktop;

import dev.porthole.core.traffic.Series;
import dev.porthole.core.traffic.Traffic;
import dev.porthole.core.traffic.Visitor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Traffic as a busy afternoon has it. */
public final class FakeTraffic {
    private static final String IPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 Version/18.1 Mobile Safari/604.1";
    private static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36";

    private FakeTraffic() {}

    /** Waves of so many requests a second. */
    public static Traffic of(int most) {
        long[] seconds = new long[Traffic.SECONDS];
        for (int at = 0; at < seconds.length; at++) {
            double wave = Math.sin(at / 23.0) + Math.sin(at / 7.0) / 3 + 1.2;
            seconds[at] = Math.round(most * wave / 2.5 * (0.4 + 0.6 * at / seconds.length));
        }
        long[] minutes = new long[Traffic.MINUTES];
        for (int at = 0; at < minutes.length; at++) {
            minutes[at] = Math.round(40 * most * (1 + Math.sin(at / 9.0)) / 2);
        }
        Series requests = Series.of(seconds);
        return new Traffic(
                FakePorthole.NOW,
                requests,
                requests,
                Series.of(Arrays.stream(seconds).map(count -> count * 9_400).toArray()),
                Series.of(minutes),
                Series.of(new long[] {3}),
                2,
                Optional.of(FakePorthole.NOW.minusSeconds(1)),
                visitors());
    }

    /** Nothing for a while. */
    public static Traffic quietFor(Duration silence) {
        Traffic none = Traffic.none(FakePorthole.NOW);
        return new Traffic(
                none.at(),
                none.requests(),
                none.bytesIn(),
                none.bytesOut(),
                none.requestsByMinute(),
                none.failuresByMinute(),
                0,
                Optional.of(none.at().minus(silence)),
                List.of());
    }

    private static List<Visitor> visitors() {
        return List.of(
                visitor("203.0.113.7", IPHONE, Duration.ofMinutes(4), Duration.ZERO, 1, 1_204_000, "/checkout"),
                visitor(
                        "198.51.100.23",
                        "GitHub-Hookshot/8f1c2d3",
                        Duration.ofMinutes(40),
                        Duration.ofSeconds(20),
                        0,
                        48_000,
                        "/hooks/github"),
                visitor(
                        "2001:db8:85a3::8a2e:370:7334",
                        CHROME,
                        Duration.ofMinutes(50),
                        Duration.ofMinutes(26),
                        0,
                        310,
                        "/assets/fonts/a-font-with-quite-a-long-name-indeed.woff2"));
    }

    private static Visitor visitor(
            String address, String agent, Duration since, Duration silent, int running, long bytes, String path) {
        return new Visitor(
                address,
                agent,
                FakePorthole.NOW.minus(since),
                FakePorthole.NOW.minus(silent),
                running,
                12,
                bytes,
                path);
    }
}
