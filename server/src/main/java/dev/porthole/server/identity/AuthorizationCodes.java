package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Authorization codes (RFC 6749 section 4.1.2): 60 seconds, one use. A second use means that somebody else has seen the
 * code, so it ends what the first one gave; a use with a wrong verifier or redirect URI means the same and spends the
 * code. Safe from any thread.
 */
final class AuthorizationCodes {
    static final Duration LIFETIME = Duration.ofSeconds(60);

    /**
     * What a code stands for.
     *
     * @param challenge the S256 challenge of RFC 7636
     * @param signedInAt when the user proved who they are, in milliseconds
     */
    record Request(
            String userId,
            String clientId,
            String redirectUri,
            String challenge,
            @Nullable String nonce,
            String scope,
            long signedInAt) {}

    /** A successful use. */
    record Redeemed(
            RefreshTokens.Grant grant,
            String refreshToken,
            @Nullable String nonce) {
        @Override
        public String toString() {
            return "Redeemed[grant=" + grant + "]";
        }
    }

    private record Row(
            Request request,
            long expiresAt,
            boolean used,
            @Nullable String family) {}

    private final Store store;
    private final Credentials credentials;
    private final RefreshTokens refreshTokens;
    private final InstantSource clock;

    AuthorizationCodes(Store store, Credentials credentials, RefreshTokens refreshTokens, InstantSource clock) {
        this.store = store;
        this.credentials = credentials;
        this.refreshTokens = refreshTokens;
        this.clock = clock;
    }

    /** A fresh code. */
    String issue(Request request) {
        String code = OpaqueToken.next("");
        store.writeOnly(handle -> handle.execute(
                """
                INSERT INTO authorization_codes
                    (hash, user_id, client_id, redirect_uri, challenge, nonce, scope, signed_in_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                OpaqueToken.hash(code),
                request.userId,
                request.clientId,
                request.redirectUri,
                request.challenge,
                request.nonce,
                request.scope,
                request.signedInAt,
                clock.millis() + LIFETIME.toMillis()));
        return code;
    }

    /** Uses a code; empty for every kind of bad one, after ending what must end. */
    Optional<Redeemed> redeem(String code, String clientId, String redirectUri, CodeVerifier verifier) {
        return store.write(handle -> {
            Row row = find(handle, code);
            if (row == null || !row.request.clientId.equals(clientId)) {
                return Optional.empty();
            }
            if (row.used) {
                if (row.family != null) {
                    credentials.end(handle, row.family, "its authorization code was used twice");
                }
                return Optional.empty();
            }
            boolean good = clock.millis() < row.expiresAt
                    && row.request.redirectUri.equals(redirectUri)
                    && answers(row.request.challenge, verifier);
            return good ? Optional.of(begin(handle, code, row.request)) : spend(handle, code, null);
        });
    }

    private Redeemed begin(Handle handle, String code, Request request) {
        String family = refreshTokens.beginFamily(handle, request.userId, request.clientId);
        spend(handle, code, family);
        RefreshTokens.Grant grant =
                new RefreshTokens.Grant(family, request.userId, request.clientId, request.scope, request.signedInAt);
        return new Redeemed(grant, refreshTokens.begin(handle, grant), request.nonce);
    }

    private Optional<Redeemed> spend(Handle handle, String code, @Nullable String family) {
        handle.execute(
                "UPDATE authorization_codes SET used_at = ?, family = ? WHERE hash = ?",
                clock.millis(),
                family,
                OpaqueToken.hash(code));
        return Optional.empty();
    }

    private static boolean answers(String challenge, CodeVerifier verifier) {
        return OpaqueToken.same(
                challenge,
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue());
    }

    private static @Nullable Row find(Handle handle, String code) {
        return handle.createQuery("SELECT * FROM authorization_codes WHERE hash = ?")
                .bind(0, OpaqueToken.hash(code))
                .map((row, context) -> new Row(
                        new Request(
                                row.getString("user_id"),
                                row.getString("client_id"),
                                row.getString("redirect_uri"),
                                row.getString("challenge"),
                                row.getString("nonce"),
                                row.getString("scope"),
                                row.getLong("signed_in_at")),
                        row.getLong("expires_at"),
                        row.getObject("used_at") != null,
                        row.getString("family")))
                .findOne()
                .orElse(null);
    }
}
