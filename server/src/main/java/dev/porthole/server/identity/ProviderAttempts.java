package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.porthole.server.store.Store;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Browsers on their way to a provider and back: ten minutes, one use, bound to the browser. The state is kept as
 * SHA-256; the nonce and the verifier follow from it, so nothing else is kept. Safe from any thread; blocking.
 */
final class ProviderAttempts {
    static final Duration LIFETIME = Duration.ofMinutes(10);

    /**
     * One that came back.
     *
     * @param target the query that its sign-in page had
     * @param linkTo the user who wanted to link a sign-in; null for signing in
     */
    record Attempt(
            SignInProvider.Trip trip,
            String target,
            @Nullable String linkTo) {}

    private record Row(
            String browser,
            String provider,
            String target,
            @Nullable String linkTo,
            long expiresAt) {}

    private final Store store;
    private final PublicAddresses addresses;
    private final DerivationKey derivation;
    private final InstantSource clock;

    ProviderAttempts(Store store, PublicAddresses addresses, DerivationKey derivation, InstantSource clock) {
        this.store = store;
        this.addresses = addresses;
        this.derivation = derivation;
        this.clock = clock;
    }

    /** A browser leaves. */
    SignInProvider.Trip begin(String browser, String provider, String target, @Nullable String linkTo) {
        String state = OpaqueToken.next("");
        store.writeOnly(handle -> handle.execute(
                """
                INSERT INTO provider_attempts (state, browser, provider, target, link_to, expires_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """, OpaqueToken.hash(state), browser, provider, target, linkTo, clock.millis() + LIFETIME.toMillis()));
        return trip(provider, state);
    }

    /** A browser comes back; empty if it is another, too late, or not for the first time. Its state is spent. */
    Optional<Attempt> end(String browser, String provider, String state) {
        return store.write(handle -> take(handle, OpaqueToken.hash(state)))
                .filter(row -> OpaqueToken.same(row.browser, browser)
                        && row.provider.equals(provider)
                        && clock.millis() < row.expiresAt)
                .map(row -> new Attempt(trip(provider, state), row.target, row.linkTo));
    }

    int removeExpired(Handle handle) {
        return handle.execute("DELETE FROM provider_attempts WHERE expires_at < ?", clock.millis());
    }

    private static Optional<Row> take(Handle handle, String hash) {
        Optional<Row> row = handle.createQuery("SELECT * FROM provider_attempts WHERE state = ?")
                .bind(0, hash)
                .map((one, context) -> new Row(
                        one.getString("browser"),
                        one.getString("provider"),
                        one.getString("target"),
                        one.getString("link_to"),
                        one.getLong("expires_at")))
                .findOne();
        handle.execute("DELETE FROM provider_attempts WHERE state = ?", hash);
        return row;
    }

    private SignInProvider.Trip trip(String provider, String state) {
        URI back = addresses.page(ProviderPages.BACK + provider);
        return new SignInProvider.Trip(
                back,
                state,
                derivation.derive("provider-nonce", state),
                new CodeVerifier(derivation.derive("provider-verifier", state)));
    }
}
