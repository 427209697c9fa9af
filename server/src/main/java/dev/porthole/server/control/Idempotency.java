package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.IdempotencyKeys;
import dev.porthole.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Creating twice is creating once, for clients that send an {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key
 * -header): the answer is kept for a day in the transaction of the creation.
 */
final class Idempotency {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MAX_KEY = 255;

    private final Store store;

    Idempotency(Store store) {
        this.store = store;
    }

    /** Runs the creation, or gives the answer that it gave before. */
    Answer once(Handle handle, Call call, Instant now, Supplier<Answer.Json> creation) {
        String key = call.headers().get("idempotency-key");
        if (key == null) {
            return creation.get();
        }
        if (key.isBlank() || key.length() > MAX_KEY) {
            throw ProblemException.invalid(
                    "Idempotency-Key",
                    "Idempotency-Key: " + key.length() + " characters (expected: 1-" + MAX_KEY + ")");
        }
        String owner = owner(call.principal());
        String fingerprint = fingerprint(call);
        store.idempotencyKeys().forgetBefore(handle, now.minus(KEPT));
        Optional<IdempotencyKeys.Kept> kept = store.idempotencyKeys().find(handle, owner, key);
        if (kept.isPresent()) {
            if (!kept.get().fingerprint().equals(fingerprint)) {
                throw ProblemException.of(
                        422,
                        "idempotency-key-reused",
                        "The Idempotency-Key was used for another request",
                        "Idempotency-Key: expected a fresh one for each new request");
            }
            return new Answer.Stored(kept.get().status(), kept.get().body());
        }
        Answer.Json answer = creation.get();
        store.idempotencyKeys()
                .keep(
                        handle,
                        owner,
                        key,
                        new IdempotencyKeys.Kept(
                                fingerprint, answer.status(), ApiJson.STRICT.writeValueAsString(answer.body())),
                        now);
        return answer;
    }

    private static String owner(Principal caller) {
        return switch (caller) {
            case Principal.UserPrincipal user -> user.userId();
            case Principal.KeyPrincipal key -> key.keyId();
            case Principal.ConnectorPrincipal connector -> connector.connectorId();
        };
    }

    private static String fingerprint(Call call) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((call.method() + " " + call.path()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(call.body().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every Java", impossible);
        }
    }
}
