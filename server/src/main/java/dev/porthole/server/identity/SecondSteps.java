package dev.porthole.server.identity;

import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Browsers whose person has given the first factor and owes the second: ten minutes and five codes, then the first is
 * asked for again. Bound to the browser by a cookie. Safe from any thread; blocking.
 */
final class SecondSteps {
    static final Duration LIFETIME = Duration.ofMinutes(10);
    static final int ATTEMPTS = 5;

    private static final String COOKIE = "step";

    private final Store store;
    private final BrowserCookies cookies;
    private final InstantSource clock;

    SecondSteps(Store store, BrowserCookies cookies, InstantSource clock) {
        this.store = store;
        this.cookies = cookies;
        this.clock = clock;
    }

    /** The first factor was right. */
    void begin(WebRequest request, String userId) {
        String secret = OpaqueToken.next("");
        store.writeOnly(handle -> handle.execute(
                "INSERT INTO second_steps (hash, user_id, attempts, expires_at) VALUES (?, ?, 0, ?)",
                OpaqueToken.hash(secret),
                userId,
                clock.millis() + LIFETIME.toMillis()));
        cookies.set(request, COOKIE, secret, (int) LIFETIME.toSeconds());
    }

    /** The user whose code this browser may send. */
    Optional<String> user(WebRequest request) {
        return cookies.value(request, COOKIE)
                .flatMap(secret -> store.read(handle -> handle.createQuery("""
                        SELECT s.user_id FROM second_steps s JOIN users u ON u.id = s.user_id
                        WHERE s.hash = ? AND s.expires_at > ? AND s.attempts < ? AND u.active
                        """)
                        .bind(0, OpaqueToken.hash(secret))
                        .bind(1, clock.millis())
                        .bind(2, ATTEMPTS)
                        .mapTo(String.class)
                        .findOne()));
    }

    /** Counts a code before it is checked, so that parallel ones count as well; false if there were too many. */
    boolean attempt(WebRequest request) {
        return cookies.value(request, COOKIE)
                .filter(secret -> store.write(handle -> handle.execute(
                                "UPDATE second_steps SET attempts = attempts + 1 WHERE hash = ? AND attempts < ?",
                                OpaqueToken.hash(secret),
                                ATTEMPTS))
                        > 0)
                .isPresent();
    }

    /** The second factor was right, or is not owed any more. */
    void end(WebRequest request) {
        cookies.value(request, COOKIE)
                .ifPresent(secret -> store.writeOnly(
                        handle -> handle.execute("DELETE FROM second_steps WHERE hash = ?", OpaqueToken.hash(secret))));
        cookies.set(request, COOKIE, "", 0);
    }
}
