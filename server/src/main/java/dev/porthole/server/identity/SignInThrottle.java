package dev.porthole.server.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down whoever guesses passwords: ten failures at once for an account and thirty for an address, then one a
 * minute for an account and six for an address. Names that don't exist are counted like those that do. Bounded in
 * memory: of 20,000 keys, the ones that were used least recently go first. Safe from any thread.
 */
final class SignInThrottle {
    private static final int KEYS = 20_000;
    private static final Rate ACCOUNT = new Rate(Duration.ofMinutes(1), 10);
    private static final Rate ADDRESS = new Rate(Duration.ofSeconds(10), 30);

    private record Rate(Duration each, int burst) {
        long tolerance() {
            return each.toMillis() * (burst - 1);
        }
    }

    private final InstantSource clock;

    /** Per key, the time until which it has used up its rate: the generic cell rate algorithm, one number a key. */
    private final Map<String, Long> usedUntil = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > KEYS;
        }
    };

    SignInThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts an attempt before it is checked, so that parallel ones count as well.
     *
     * @return how long to wait; zero if the attempt may be checked now
     */
    synchronized Duration attempt(String account, String address) {
        long now = clock.millis();
        long wait = Math.max(wait(accountKey(account), ACCOUNT, now), wait(addressKey(address), ADDRESS, now));
        if (wait > 0) {
            return Duration.ofMillis(wait);
        }
        move(accountKey(account), ACCOUNT, now, 1);
        move(addressKey(address), ADDRESS, now, 1);
        return Duration.ZERO;
    }

    /** Takes back what {@link #attempt} counted: it was no guess. */
    synchronized void succeeded(String account, String address) {
        long now = clock.millis();
        move(accountKey(account), ACCOUNT, now, -1);
        move(addressKey(address), ADDRESS, now, -1);
    }

    private long wait(String key, Rate rate, long now) {
        return Math.max(now, usedUntil.getOrDefault(key, now)) - rate.tolerance() - now;
    }

    private void move(String key, Rate rate, long now, int attempts) {
        long until = Math.max(now, usedUntil.getOrDefault(key, now)) + attempts * rate.each.toMillis();
        if (until > now) {
            usedUntil.put(key, until);
        } else {
            usedUntil.remove(key);
        }
    }

    private static String accountKey(String account) {
        // Hashed, so that a long name takes no more memory than a short one.
        return "account " + OpaqueToken.hash(account);
    }

    /** Someone with IPv6 has a whole /64. */
    private static String addressKey(String address) {
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            if (literal instanceof Inet6Address) {
                return "address " + HexFormat.of().formatHex(Arrays.copyOf(literal.getAddress(), 8));
            }
            return "address " + literal.getHostAddress();
        } catch (IllegalArgumentException notAnAddress) {
            return "address " + OpaqueToken.hash(address);
        }
    }
}
