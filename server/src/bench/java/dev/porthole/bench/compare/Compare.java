package dev.porthole.bench.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the contenders on the same work, in turn: in each round every measure goes over all of them before the next
 * measure begins. Each is under load for a while first, and the first round does not count. Prints a table in Markdown;
 * progress goes to standard error. Everything is on 127.0.0.1 and ends with this program.
 */
public final class Compare {
    private static final int STARTS = 5;

    /** Java compiles what it carries while it carries it; the others only gain a warm cache. */
    private static final int WARM_UP_SECONDS = 12;

    private static final int WARM_UP_CONNECTIONS = 32;
    private static final long SETTLED_NANOS = 8_000_000_000L;

    private final Options options;
    private final Results results = new Results();

    private Compare(Options options) {
        this.options = options;
    }

    /**
     * What is run.
     *
     * @param seconds of each run of load
     * @param start whether to measure how soon a killed server serves again
     */
    record Options(
            Path launcher, int rounds, int seconds, List<Measure> measures, List<String> contenders, boolean start) {
        static Options of(String... arguments) {
            Path launcher = Path.of("porthole").toAbsolutePath();
            int rounds = 5;
            int seconds = 4;
            List<Measure> measures = List.of(Measure.values());
            List<String> contenders = List.of("nginx", "haproxy", "ssh", "porthole", "porthole-tls");
            for (int at = 0; at + 1 < arguments.length; at += 2) {
                String value = arguments[at + 1];
                switch (arguments[at]) {
                    case "--launcher" -> launcher = Path.of(value).toAbsolutePath();
                    case "--rounds" -> rounds = Integer.parseInt(value);
                    case "--seconds" -> seconds = Integer.parseInt(value);
                    case "--only" ->
                        measures = Arrays.stream(value.split(","))
                                .map(Measure::named)
                                .toList();
                    case "--contenders" -> contenders = List.of(value.split(","));
                    default ->
                        throw new IllegalArgumentException(
                                arguments[at] + " (expected: --launcher, --rounds, --seconds, --only or --contenders)");
                }
            }
            boolean start = measures.contains(Measure.IDLE) && contenders.contains("porthole");
            return new Options(launcher, rounds, seconds, measures, contenders, start);
        }
    }

    public static void main(String... arguments) throws IOException {
        Options options;
        try {
            if (arguments.length % 2 != 0) {
                throw new IllegalArgumentException("an option without a value");
            }
            options = Options.of(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        new Compare(options).run();
    }

    private void run() throws IOException {
        Path folder = Files.createTempDirectory("porthole-bench");
        List<Contender> contenders = new ArrayList<>();
        try (Origin origin = Origin.open(folder.resolve("origin"))) {
            for (String name : options.contenders()) {
                contenders.add(open(name, folder.resolve(name), origin));
            }
            for (Contender contender : contenders) {
                System.err.printf("warm-up: %s, %d s%n", contender.name(), WARM_UP_SECONDS);
                Wrk.run(contender.files(), WARM_UP_CONNECTIONS, WARM_UP_SECONDS, false);
            }
            for (int round = 0; round <= options.rounds(); round++) {
                round(round, contenders);
            }
            List<String> names = contenders.stream().map(Contender::name).toList();
            System.out.println("Medians of " + options.rounds() + " interleaved rounds, " + LocalDate.now() + ", "
                    + Runtime.getRuntime().availableProcessors() + " processors, Java "
                    + Runtime.version().feature() + ". In brackets: the median of the rounds' ratios to two nginx.\n");
            System.out.print(results.table(names, "nginx"));
            if (options.start()) {
                System.out.printf(
                        "%nA server that is killed and started again answers its first visitor, its agent having returned,"
                                + " after %s s (median of %d).%n",
                        Results.number(starts(contenders)), STARTS);
            }
        } finally {
            contenders.reversed().forEach(Contender::close);
            Folders.delete(folder);
        }
    }

    private Contender open(String name, Path folder, Origin origin) throws IOException {
        return switch (name) {
            case "nginx" -> Proxies.nginx(folder, origin);
            case "haproxy" -> Proxies.haproxy(folder, origin);
            case "ssh" -> SshTunnel.open(folder, origin);
            case "porthole" -> PortholePair.open(options.launcher(), folder, origin, false);
            case "porthole-tls" -> PortholePair.open(options.launcher(), folder, origin, true);
            default ->
                throw new IOException(
                        "--contenders: " + name + " (expected: some of nginx, haproxy, ssh, porthole, porthole-tls)");
        };
    }

    private void round(int round, List<Contender> contenders) throws IOException {
        for (Measure measure : options.measures()) {
            for (Contender contender : contenders) {
                System.err.printf(
                        "%s: %s, %s%n",
                        round == 0 ? "warm-up" : "round " + round, contender.name(), measure.description());
                var figures = measure.of(contender, options.seconds());
                if (round > 0) {
                    results.add(contender.name(), figures);
                }
            }
        }
    }

    /** Seconds from the start of a server that was killed to the first good answer, its agent having returned. */
    private static double starts(List<Contender> contenders) throws IOException {
        PortholePair pair = contenders.stream()
                .filter(PortholePair.class::isInstance)
                .map(PortholePair.class::cast)
                .findFirst()
                .orElseThrow();
        List<Double> seconds = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            // What is lost within seconds counts as a dial that failed; this is about one that was up for a while.
            LockSupport.parkNanos(SETTLED_NANOS);
            pair.server().kill();
            long begin = System.nanoTime();
            pair.server().restart();
            while (!answers(pair.files())) {
                LockSupport.parkNanos(5_000_000);
            }
            seconds.add((System.nanoTime() - begin) / 1e9);
        }
        return Results.median(seconds);
    }

    private static boolean answers(Contender.Address address) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.port())) {
            socket.getOutputStream()
                    .write(("HEAD " + Origin.SMALL + " HTTP/1.1\r\nHost: " + address.host()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String status = Lines.read(socket.getInputStream());
            return status != null && status.startsWith("HTTP/1.1 200");
        } catch (IOException away) {
            return false;
        }
    }
}
