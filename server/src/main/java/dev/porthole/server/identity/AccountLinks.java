package dev.porthole.server.identity;

import dev.porthole.core.api.OneTimeLink;
import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Links that administrators make and hand over by themselves: to make a local account, within a week, and to choose a
 * new password, within an hour. Each works once and is kept as SHA-256. Safe from any thread; blocking.
 */
final class AccountLinks {
    static final Duration INVITATION = Duration.ofDays(7);
    static final Duration PASSWORD_RESET = Duration.ofHours(1);

    /** The paths that their secrets stand behind. */
    static final String JOIN = "/join/";

    static final String NEW_PASSWORD = "/new-password/";

    /** What an invitation gives. */
    record Invitation(boolean administrator, String madeBy) {}

    private final Store store;
    private final PublicAddresses addresses;
    private final InstantSource clock;

    AccountLinks(Store store, PublicAddresses addresses, InstantSource clock) {
        this.store = store;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Invites someone to make an account, in the caller's transaction. */
    OneTimeLink invite(Handle handle, boolean administrator, String madeBy) {
        return make(handle, JOIN, null, administrator, madeBy, INVITATION);
    }

    /** Lets a user choose a new password, in the caller's transaction; an earlier link of this kind ends. */
    OneTimeLink resetPassword(Handle handle, String userId, String madeBy) {
        handle.execute("DELETE FROM account_links WHERE user_id = ?", userId);
        return make(handle, NEW_PASSWORD, userId, false, madeBy, PASSWORD_RESET);
    }

    /** What an invitation that still works gives. */
    Optional<Invitation> invitation(String secret) {
        return store.read(handle -> invitation(handle, secret));
    }

    /** {@link #invitation(String)} in the caller's transaction. */
    Optional<Invitation> invitation(Handle handle, String secret) {
        return handle.createQuery("""
                        SELECT administrator, made_by FROM account_links
                        WHERE hash = ? AND user_id IS NULL AND expires_at > ?
                        """)
                .bind(0, OpaqueToken.hash(secret))
                .bind(1, clock.millis())
                .map((row, context) -> new Invitation(row.getBoolean("administrator"), row.getString("made_by")))
                .findOne();
    }

    /** The active user who may choose a new password by a link that still works. */
    Optional<String> userOf(String secret) {
        return store.read(handle -> userOf(handle, secret));
    }

    /** {@link #userOf(String)} in the caller's transaction. */
    Optional<String> userOf(Handle handle, String secret) {
        return handle.createQuery("""
                        SELECT l.user_id FROM account_links l JOIN users u ON u.id = l.user_id
                        WHERE l.hash = ? AND l.expires_at > ? AND u.active
                        """)
                .bind(0, OpaqueToken.hash(secret))
                .bind(1, clock.millis())
                .mapTo(String.class)
                .findOne();
    }

    /** A link has been used, in the caller's transaction. */
    void spend(Handle handle, String secret) {
        handle.execute("DELETE FROM account_links WHERE hash = ?", OpaqueToken.hash(secret));
    }

    private OneTimeLink make(
            Handle handle,
            String path,
            @Nullable String userId,
            boolean administrator,
            String madeBy,
            Duration lifetime) {
        String secret = OpaqueToken.next("");
        long now = clock.millis();
        handle.execute("""
                INSERT INTO account_links (hash, user_id, administrator, made_by, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """, OpaqueToken.hash(secret), userId, administrator, madeBy, now, now + lifetime.toMillis());
        return new OneTimeLink(
                addresses.page(path + secret).toString(), Instant.ofEpochMilli(now + lifetime.toMillis()));
    }
}
