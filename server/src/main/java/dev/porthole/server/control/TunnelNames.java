package dev.porthole.server.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes and checks tunnels' names: DNS labels (RFC 1035, section 2.3.1), such as {@code happy-panda-dancing}. */
final class TunnelNames {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    /** What visitors would take for the server's own, and what machines look up by themselves. */
    private static final Set<String> RESERVED = Set.of(
            "porthole",
            "www",
            "api",
            "admin",
            "administrator",
            "console",
            "localhost",
            "auth",
            "login",
            "signin",
            "account",
            "accounts",
            "oauth",
            "id",
            "identity",
            "app",
            "apps",
            "server",
            "edge",
            "relay",
            "agent",
            "status",
            "health",
            "metrics",
            "support",
            "help",
            "security",
            "billing",
            "root",
            "mail",
            "smtp",
            "imap",
            "pop",
            "ftp",
            "ssh",
            "vpn",
            "dns",
            "ns",
            "ns1",
            "ns2",
            "mx",
            "wpad",
            "isatap",
            "autoconfig",
            "autodiscover",
            "broadcasthost",
            "static",
            "assets",
            "cdn",
            "docs",
            "blog");

    private static final int TRIES = 50;

    private final List<String> adjectives = words("adjectives");
    private final List<String> animals = words("animals");
    private final List<String> verbs = words("verbs");
    private final RandomGenerator random;

    TunnelNames(RandomGenerator random) {
        this.random = random;
    }

    /** A name that is not taken; never someone's. */
    String fresh(Predicate<String> taken) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            String name = threeWords();
            if (!taken.test(name)) {
                return name;
            }
        }
        // Nearly all of millions are taken: a number in the end finds room.
        String name = threeWords() + "-" + random.nextInt(1_000_000);
        while (taken.test(name)) {
            name = threeWords() + "-" + random.nextInt(1_000_000);
        }
        return name;
    }

    private String threeWords() {
        return pick(adjectives) + "-" + pick(animals) + "-" + pick(verbs);
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    /**
     * A name that someone chose, if it may be one.
     *
     * @throws ProblemException 400 that says what was expected
     */
    static String chosen(String name) {
        if (!LABEL.matcher(name).matches()) {
            throw ProblemException.invalid(
                    "name",
                    "name: " + name + " (expected: 1-63 of a-z, 0-9 and -, with a letter or a digit at both ends)");
        }
        if (RESERVED.contains(name) || name.startsWith("xn--")) {
            throw ProblemException.invalid("name", "name: " + name + " (expected: one that is not reserved)");
        }
        return name;
    }

    static List<String> words(String list) {
        try (InputStream in = TunnelNames.class.getResourceAsStream("words/" + list + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("words/" + list + ".txt is missing in this build");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return lines.lines()
                    .flatMap(line -> Pattern.compile(" ").splitAsStream(line))
                    .filter(word -> !word.isEmpty())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
