package dev.porthole.server.identity;

import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens that rotate (RFC 9700 section 4.14.2). Each use gives a successor; using one again ends the whole
 * family, because one of the two users is a thief. The exception is a client that lost the answer: within
 * {@link #GRACE} and before the successor was used, it gets the same successor again. The successor follows from the
 * presented token, so the store needs nothing but hashes for that. Safe from any thread.
 */
final class RefreshTokens {
    static final Duration GRACE = Duration.ofSeconds(10);
    static final Duration IDLE = Duration.ofDays(30);

    private static final String PREFIX = "phr_";

    /** What a family was begun with; the same for all of its tokens. */
    record Grant(String family, String userId, String clientId, String scope, long signedInAt) {}

    /** A successful use. */
    record Refreshed(Grant grant, String successor) {
        @Override
        public String toString() {
            return "Refreshed[grant=" + grant + "]";
        }
    }

    private record Row(
            Grant grant, long expiresAt, @Nullable Long rotatedAt) {}

    private final Store store;
    private final Credentials credentials;
    private final DerivationKey derivation;
    private final InstantSource clock;

    RefreshTokens(Store store, Credentials credentials, DerivationKey derivation, InstantSource clock) {
        this.store = store;
        this.credentials = credentials;
        this.derivation = derivation;
        this.clock = clock;
    }

    /** A family of a user's sign-in to a client, in the caller's transaction. */
    String beginFamily(Handle handle, String userId, String clientId) {
        boolean ours = clientId.equals(NativeClient.ID);
        return credentials.begin(handle, ours ? Credentials.Kind.FAMILY : Credentials.Kind.APP_FAMILY, userId);
    }

    /** The first token of a family, in the caller's transaction. */
    String begin(Handle handle, Grant grant) {
        String token = OpaqueToken.next(PREFIX);
        insert(handle, token, grant);
        return token;
    }

    /** The scope of a token's family, without using the token; empty if there is no such token of that client. */
    Optional<String> scopeOf(String token, String clientId) {
        return store.read(handle -> Optional.ofNullable(find(handle, token)))
                .map(Row::grant)
                .filter(grant -> grant.clientId.equals(clientId))
                .map(Grant::scope);
    }

    /** Takes a token and gives its successor; empty for every kind of bad one, after ending what must end. */
    Optional<Refreshed> refresh(String token, String clientId) {
        return store.write(handle -> {
            Row row = find(handle, token);
            if (row == null || !row.grant.clientId.equals(clientId) || !Credentials.lives(handle, row.grant.family)) {
                return Optional.empty();
            }
            String successor = PREFIX + derivation.derive("refresh-token", token);
            if (row.rotatedAt != null) {
                return again(handle, row, row.rotatedAt, successor);
            }
            if (clock.millis() >= row.expiresAt) {
                return Optional.empty();
            }
            handle.execute(
                    "UPDATE refresh_tokens SET rotated_at = ? WHERE hash = ?", clock.millis(), OpaqueToken.hash(token));
            insert(handle, successor, row.grant);
            return Optional.of(new Refreshed(row.grant, successor));
        });
    }

    /** Ends the family of a token that the client gives up (RFC 7009); nothing for a token of somebody else. */
    void revoke(String token, String clientId) {
        store.writeOnly(handle -> {
            Row row = find(handle, token);
            if (row != null && row.grant.clientId.equals(clientId)) {
                credentials.end(handle, row.grant.family, "revoked by its client");
            }
        });
    }

    private Optional<Refreshed> again(Handle handle, Row row, long rotatedAt, String successor) {
        Row next = find(handle, successor);
        boolean answerWasLost =
                clock.millis() - rotatedAt <= GRACE.toMillis() && next != null && next.rotatedAt == null;
        if (answerWasLost) {
            return Optional.of(new Refreshed(row.grant, successor));
        }
        credentials.end(handle, row.grant.family, "a refresh token was used twice");
        return Optional.empty();
    }

    private void insert(Handle handle, String token, Grant grant) {
        handle.execute(
                """
                INSERT INTO refresh_tokens (hash, family, client_id, scope, signed_in_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                OpaqueToken.hash(token),
                grant.family,
                grant.clientId,
                grant.scope,
                grant.signedInAt,
                clock.millis() + IDLE.toMillis());
    }

    private static @Nullable Row find(Handle handle, String token) {
        return handle.createQuery("""
                        SELECT t.family, c.user_id, t.client_id, t.scope, t.signed_in_at, t.expires_at, t.rotated_at
                        FROM refresh_tokens t JOIN credentials c ON c.id = t.family WHERE t.hash = ?
                        """)
                .bind(0, OpaqueToken.hash(token))
                .map((row, context) -> new Row(
                        new Grant(
                                row.getString("family"),
                                row.getString("user_id"),
                                row.getString("client_id"),
                                row.getString("scope"),
                                row.getLong("signed_in_at")),
                        row.getLong("expires_at"),
                        row.getObject("rotated_at") == null ? null : row.getLong("rotated_at")))
                .findOne()
                .orElse(null);
    }
}
