package dev.porthole.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
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
 * days. The next key is published a day before it signs, so that whoever keeps a copy of the set has it in time; a
 * replaced one stays published for a day, far longer than the tokens that it signed. Safe from any thread.
 */
final class SigningKeys {
    static final Duration SIGNS_FOR = Duration.ofDays(90);
    static final Duration PUBLISHED_AHEAD = Duration.ofDays(1);
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
        return signing(upToDate(), clock.millis());
    }

    /** The published key of that id, without its private part. */
    @Nullable
    ECKey published(String kid) {
        List<Kept> keys = upToDate();
        long now = clock.millis();
        return keys.stream()
                .filter(one -> kid.equals(one.key.getKeyID()) && isPublished(one, keys, now))
                .map(one -> one.key.toPublicJWK())
                .findFirst()
                .orElse(null);
    }

    /** What {@code /oauth/jwks} shows (RFC 7517): public parts only. */
    JWKSet publishedSet() {
        List<Kept> keys = upToDate();
        long now = clock.millis();
        return new JWKSet(keys.stream()
                .filter(one -> isPublished(one, keys, now))
                .<JWK>map(one -> one.key.toPublicJWK())
                .toList());
    }

    /** Signs claims with the current key. */
    String sign(JOSEObjectType type, JWTClaimsSet claims) {
        ECKey key = current();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("ES256 is part of every Java", impossible);
        }
        return token.serialize();
    }

    /** Whether we signed a token as one of that type, with a published key; nothing is said of what it claims. */
    boolean signed(SignedJWT token, JOSEObjectType type) throws JOSEException {
        JWSHeader header = token.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
                || !type.equals(header.getType())
                || header.getKeyID() == null) {
            return false;
        }
        ECKey key = published(header.getKeyID());
        return key != null && token.verify(new ECDSAVerifier(key));
    }

    /** All keys, the newest first, after making the next one if it is time. */
    private List<Kept> upToDate() {
        List<Kept> keys = kept;
        return needsNext(keys) ? load() : keys;
    }

    private synchronized List<Kept> load() {
        List<Kept> found = store.write(handle -> {
            List<Kept> all = new ArrayList<>(readAll(handle));
            if (needsNext(all)) {
                all.addFirst(make(handle));
            }
            return List.copyOf(all);
        });
        kept = found;
        return found;
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
                    .algorithm(JWSAlgorithm.ES256)
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

    private boolean needsNext(List<Kept> keys) {
        return keys.isEmpty()
                || clock.millis() - keys.getFirst().createdAt
                        >= SIGNS_FOR.minus(PUBLISHED_AHEAD).toMillis();
    }

    /** The newest that was published long enough; the first of all signs at once. */
    private static ECKey signing(List<Kept> keys, long now) {
        return keys.stream()
                .filter(one -> now - one.createdAt >= PUBLISHED_AHEAD.toMillis())
                .findFirst()
                .orElseGet(keys::getLast)
                .key;
    }

    /** Until a day after a newer one began to sign. */
    private static boolean isPublished(Kept one, List<Kept> keys, long now) {
        long over = PUBLISHED_AHEAD.plus(STAYS_PUBLISHED_FOR).toMillis();
        return keys.stream().noneMatch(newer -> newer.createdAt > one.createdAt && now - newer.createdAt >= over);
    }

    private static String context(String kid) {
        return "signing-key:" + kid;
    }
}
