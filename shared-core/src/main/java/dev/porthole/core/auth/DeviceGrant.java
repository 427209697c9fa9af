package dev.porthole.core.auth;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;

/**
 * Asks for tokens again and again until the person has let this device in (RFC 8628, section 3.5). Blocking; an
 * interrupt ends it at once.
 */
final class DeviceGrant {
    private static final int DEFAULT_INTERVAL_SECONDS = 5;
    private static final int SLOWER_BY_SECONDS = 5;
    /** What a server may ask for at most; more would only look like standing still. */
    private static final int LONGEST_INTERVAL_SECONDS = 60;

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);

    /** Waits; {@link Thread#sleep(Duration)} outside of tests. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** Redeems the code once. */
    @FunctionalInterface
    interface Redemption {
        TokenResponse redeem() throws AuthorizationException, IOException, InterruptedException;
    }

    private final InstantSource clock;
    private final Pause pause;

    DeviceGrant(InstantSource clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * The tokens, as soon as the person has said yes.
     *
     * @throws AuthorizationException if they said no, or the server takes the code no more
     * @throws TimeoutException if nobody said anything while the code lived
     */
    TokenResponse await(DeviceAuthorization authorization, Redemption redemption)
            throws AuthorizationException, IOException, InterruptedException, TimeoutException {
        Duration life = Duration.ofSeconds(Math.max(0, authorization.expiresIn()));
        Instant deadline = clock.instant().plus(life.compareTo(LONGEST_LIFE) < 0 ? life : LONGEST_LIFE);
        Integer asked = authorization.interval();
        int interval = asked == null ? DEFAULT_INTERVAL_SECONDS : Math.max(1, asked);
        while (true) {
            Duration wait = Duration.ofSeconds(Math.min(interval, LONGEST_INTERVAL_SECONDS));
            if (!clock.instant().plus(wait).isBefore(deadline)) {
                throw late();
            }
            pause.of(wait);
            try {
                return redemption.redeem();
            } catch (AuthorizationException refused) {
                switch (refused.error()) {
                    case "authorization_pending" -> {}
                    case "slow_down" -> interval += SLOWER_BY_SECONDS;
                    case "expired_token" -> throw late();
                    case "access_denied" ->
                        throw new AuthorizationException(
                                refused.error(), "The sign-in was refused in the browser. Nothing was signed in.");
                    default -> throw refused;
                }
            } catch (IOException silent) {
                // Section 3.5: after no answer, ask half as often. The deadline still holds.
                interval *= 2;
            }
        }
    }

    private static TimeoutException late() {
        return new TimeoutException("nobody let this device in before its code ended");
    }
}
