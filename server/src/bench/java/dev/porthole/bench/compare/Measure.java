package dev.porthole.bench.compare;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One kind of work. It gives one figure or several, each with a name of its own. */
enum Measure {
    ONE_CONNECTION("1", "one connection") {
        @Override
        Map<String, Double> of(Contender contender, int seconds) throws IOException {
            Wrk run = Wrk.run(contender.files(), 1, seconds, false);
            return figures(
                    "requests/s, 1 connection", run.perSecond(),
                    "p50 at 1 connection, ms", run.p50Millis(),
                    "p99 at 1 connection, ms", run.p99Millis());
        }
    },
    MANY_CONNECTIONS("32", "32 connections, and what they cost") {
        @Override
        Map<String, Double> of(Contender contender, int seconds) throws IOException {
            double before = ProcessFigures.cpuSeconds(contender.processes());
            Wrk run = Wrk.run(contender.files(), 32, seconds, false);
            double cpu = ProcessFigures.cpuSeconds(contender.processes()) - before;
            return figures(
                    "requests/s, 32 connections", run.perSecond(),
                    "p99 at 32 connections, ms", run.p99Millis(),
                    "CPU s for 100,000 requests", cpu * 100_000 / run.requests());
        }
    },
    MORE_CONNECTIONS("128", "128 connections") {
        @Override
        Map<String, Double> of(Contender contender, int seconds) throws IOException {
            Wrk run = Wrk.run(contender.files(), 128, seconds, false);
            return figures("requests/s, 128 connections", run.perSecond());
        }
    },
    NEW_CONNECTIONS("new", "a connection for each request") {
        @Override
        Map<String, Double> of(Contender contender, int seconds) throws IOException {
            Wrk run = Wrk.run(contender.files(), 32, seconds, true);
            return figures("requests/s, each on a new connection", run.perSecond());
        }
    },
    WEB_SOCKET("ws", "WebSocket messages there and back") {
        @Override
        Map<String, Double> of(Contender contender, int seconds) throws IOException {
            return figures("WebSocket rounds/s", WebSocketRounds.perSecond(contender.app(), seconds));
        }
    },
    DOWN("down", "1 GiB down") {
        @Override
        Map<String, Double> of(Contender contender, int seconds) throws IOException {
            return figures("MiB/s, 1 GiB down", Transfer.down(contender.files()));
        }
    },
    UP("up", "256 MiB up") {
        @Override
        Map<String, Double> of(Contender contender, int seconds) throws IOException {
            return figures("MiB/s, 256 MiB up", Transfer.up(contender.app()));
        }
    },
    /** After the others: their memory is what it starts from. */
    IDLE("idle", "1,000 idle visitors") {
        @Override
        Map<String, Double> of(Contender contender, int seconds) throws IOException {
            double alone = Wrk.run(contender.files(), 32, seconds, false).perSecond();
            double memory = ProcessFigures.residentMebibytes(contender.processes());
            try (IdleVisitors visitors = new IdleVisitors(contender.files(), 1_000)) {
                double more = ProcessFigures.residentMebibytes(contender.processes()) - memory;
                double beside = Wrk.run(contender.files(), 32, seconds, false).perSecond();
                return figures(
                        "RSS of both, MiB", memory,
                        "RSS of 1,000 idle visitors, MiB", more,
                        "requests/s beside them, of its own without", beside / alone);
            }
        }
    };

    private final String option;
    private final String description;

    Measure(String option, String description) {
        this.option = option;
        this.description = description;
    }

    /** What {@code --only} calls it. */
    String option() {
        return option;
    }

    /** For people. */
    String description() {
        return description;
    }

    /** Does the work once. */
    abstract Map<String, Double> of(Contender contender, int seconds) throws IOException;

    static Measure named(String option) {
        return List.of(values()).stream()
                .filter(measure -> measure.option.equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--only: " + option + " (expected: some of "
                        + String.join(
                                ", ",
                                List.of(values()).stream().map(Measure::option).toList()) + ")"));
    }

    private static Map<String, Double> figures(Object... namesAndFigures) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int at = 0; at < namesAndFigures.length; at += 2) {
            figures.put((String) namesAndFigures[at], (Double) namesAndFigures[at + 1]);
        }
        return figures;
    }
}
