package dev.porthole.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of this suite: what fixtures planted, and whatever looks like one that the server makes. None of them may
 * be in any log (T-C6). {@link SecretWatch} looks at each line of this process as it is logged; who starts a process
 * with a log of its own gives it to {@link #requireNoneIn}.
 */
public final class PlantedSecrets {
    /** Keys, connect tokens, credentials, refresh tokens; JSON Web Tokens with their signatures. */
    private static final Pattern MADE_BY_THE_SERVER = Pattern.compile(
            "\\bph[a-z]_[A-Za-z0-9_-]{43}|\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{40,}");

    /** Shorter ones are in too many words. */
    private static final int SHORTEST = 8;

    private static final Set<String> PLANTED = ConcurrentHashMap.newKeySet();

    private PlantedSecrets() {}

    /** Remembers a secret for the rest of the suite, and gives it back. */
    public static String plant(String secret) {
        if (secret.length() >= SHORTEST) {
            PLANTED.add(secret);
        }
        return secret;
    }

    /** The first secret in a text. */
    public static @Nullable String in(String text) {
        Matcher made = MADE_BY_THE_SERVER.matcher(text);
        if (made.find()) {
            return made.group();
        }
        for (String secret : PLANTED) {
            if (text.contains(secret)) {
                return secret;
            }
        }
        return null;
    }

    /** Fails with the line of a log that has a secret in it. */
    public static void requireNoneIn(String log) {
        if (in(log) != null) {
            log.lines().filter(line -> in(line) != null).findFirst().ifPresent(line -> {
                throw new AssertionError("a secret is in a log (T-C6): " + line);
            });
        }
    }
}
