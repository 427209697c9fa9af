package dev.porthole.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of wrk.
 *
 * @param requests that were answered
 * @param perSecond how many a second
 * @param p50Millis the median of what a request took
 * @param p99Millis what 99 of 100 took at most
 */
record Wrk(long requests, double perSecond, double p50Millis, double p99Millis) {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern ERRORS = Pattern.compile("Socket errors.*|Non-2xx or 3xx responses.*");

    /** @param closing whether each request has a connection of its own */
    static Wrk run(Contender.Address to, int connections, int seconds, boolean closing) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency", "-H", "Host: " + to.host()));
        if (closing) {
            command.addAll(List.of("-H", "Connection: close"));
        }
        command.add(to.url(Origin.SMALL));
        return run(command);
    }

    /** @param script makes the requests; {@code argument} is its own */
    static Wrk run(int port, int connections, int seconds, Path script, Path argument) throws IOException {
        return run(List.of(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--latency",
                "-s",
                script.toString(),
                "http://127.0.0.1:" + port,
                argument.toString()));
    }

    private static Wrk run(List<String> command) throws IOException {
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher errors = ERRORS.matcher(printed);
        if (errors.find()) {
            // A fast wrong answer is no answer.
            throw new IOException(String.join(" ", command) + ": " + errors.group() + " (expected: none)");
        }
        return new Wrk(
                Long.parseLong(group(REQUESTS, printed)),
                Double.parseDouble(group(RATE, printed)),
                millis(printed, "50%"),
                millis(printed, "99%"));
    }

    private static String group(Pattern pattern, String printed) throws IOException {
        Matcher matcher = pattern.matcher(printed);
        if (!matcher.find()) {
            throw new IOException("what wrk printed (expected: " + pattern + "):\n" + printed);
        }
        return matcher.group(1);
    }

    private static double millis(String printed, String percentile) throws IOException {
        Pattern line = Pattern.compile("(?m)^\\s+" + percentile + "\\s+([\\d.]+(us|ms|s|m))\\s*$");
        String text = group(line, printed);
        double number = Double.parseDouble(text.replaceAll("[a-z]+", ""));
        return switch (text.replaceAll("[\\d.]+", "")) {
            case "us" -> number / 1_000;
            case "ms" -> number;
            case "s" -> number * 1_000;
            default -> number * 60_000;
        };
    }
}
