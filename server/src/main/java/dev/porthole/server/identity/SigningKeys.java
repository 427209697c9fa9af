package dev.porthole.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.porthole.server.store.SecretBox;
import dev.porthole.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The keys that tokens are signed with: P-256 for ES256, made on first start, sealed in the store, replaced every 90
 * days. A replaced key stays published for a day, far longer than the tokens that it signed. Safe from any thread.
 */
final class SigningKeys {
    static final Duration SIGNS_FOR = Duration.ofDays(90);
    static final Duration STAYS_PUBLISHED_FOR = Duration.ofDays(1);

    private record Kept(ECKey key, long createdAt) {}

    private final Store store;
    private final SecretBox box;
    private final InstantSource clock;
    private volatile List<Kept> kept = List.of();

    SigningKeys(Store store, SecretBox box, InstantSource clock) {
        this.store = store;
        this.box = box;
        this.clock = clock;
        current();
    }

    /** The key to sign with now, with its private part. */
    ECKey current() {
        ECKey young = young(kept);
        return young != null ? young : load();
    }

    /** The published key of that id, without its private part. */
    @Nullable
    ECKey published(String kid) {
        long now = clock.millis();
        return kept.stream()
                .filter(one -> isPublished(one, now) && kid.equals(one.key.getKeyID()))
                .map(one -> one.key.toPublicJWK())
                .findFirst()
                .orElse(null);
    }

    /** What {@code /oauth/jwks} shows (RFC 7517): public parts only. */
    JWKSet publishedSet() {
        current();
        long now = clock.millis();
        return new JWKSet(kept.stream()
                .filter(one -> isPublished(one, now))
                .<com.nimbusds.jose.jwk.JWK>map(one -> one.key.toPublicJWK())
                .toList());
    }

    private synchronized ECKey load() {
        List<Kept> found = store.write(handle -> {
            List<Kept> all = new ArrayList<>(readAll(handle));
            if (young(all) == null) {
                all.addFirst(make(handle));
            }
            return List.copyOf(all);
        });
        kept = found;
        return found.getFirst().key;
    }

    private List<Kept> readAll(Handle handle) {
        return handle.createQuery("SELECT kid, sealed, created_at FROM signing_keys ORDER BY created_at DESC")
                .map((row, context) ->
                        new Kept(open(row.getString("kid"), row.getBytes("sealed")), row.getLong("created_at")))
                .list();
    }

    private Kept make(Handle handle) {
        try {
            long now = clock.millis();
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(com.nimbusds.jose.JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .issueTime(Date.from(Instant.ofEpochMilli(now)))
                    .generate();
            byte[] sealed = box.seal(key.toJSONString().getBytes(StandardCharsets.UTF_8), context(key.getKeyID()));
            handle.execute(
                    "INSERT INTO signing_keys (kid, sealed, created_at) VALUES (?, ?, ?)", key.getKeyID(), sealed, now);
            return new Kept(key, now);
        } catch (JOSEException impossible) {
            throw new IllegalStateException("P-256 is part of every Java", impossible);
        }
    }

    private ECKey open(String kid, byte[] sealed) {
        try {
            return ECKey.parse(new String(box.open(sealed, context(kid)), StandardCharsets.UTF_8));
        } catch (ParseException broken) {
            throw new IllegalStateException("signing key " + kid + ": not a JWK", broken);
        }
    }

    private @Nullable ECKey young(List<Kept> keys) {
        long now = clock.millis();
        return keys.stream()
                .filter(one -> now - one.createdAt < SIGNS_FOR.toMillis())
                .map(Kept::key)
                .findFirst()
                .orElse(null);
    }

    private static boolean isPublished(Kept one, long now) {
        return now - one.createdAt < SIGNS_FOR.plus(STAYS_PUBLISHED_FOR).toMillis();
    }

    private static String context(String kid) {
        return "signing-key:" + kid;
    }
}
