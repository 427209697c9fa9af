package dev.porthole.server.config;

import java.time.Duration;
import java.util.List;

/**
 * How people sign in to the pages.
 *
 * @param sessionIdle how long a browser may be away before it has to sign in again
 * @param sessionLifetime how long one sign-in holds, however busy the browser is
 * @param providers where else people may have the account that they sign in with
 */
public record SignInSettings(Duration sessionIdle, Duration sessionLifetime, List<ProviderSettings> providers) {
    /** A day, a week, and local accounts only. */
    public static final SignInSettings DEFAULT = new SignInSettings(Duration.ofDays(1), Duration.ofDays(7), List.of());

    public SignInSettings {
        providers = List.copyOf(providers);
    }
}
