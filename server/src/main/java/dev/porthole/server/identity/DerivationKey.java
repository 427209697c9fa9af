package dev.porthole.server.identity;

import dev.porthole.server.store.SecretBox;
import dev.porthole.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives secrets from secrets (HMAC-SHA256), so that the same question gets the same answer without the answer being
 * stored. Made on first start, sealed in the store. Safe from any thread.
 */
final class DerivationKey {
    private static final String NAME = "identity";
    private static final String CONTEXT = "derivation-key:" + NAME;

    private final SecretKeySpec key;

    private DerivationKey(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    static DerivationKey in(Store store, SecretBox box) {
        byte[] sealed = store.write(handle -> handle.createQuery("SELECT sealed FROM derivation_keys WHERE name = ?")
                .bind(0, NAME)
                .mapTo(byte[].class)
                .findOne()
                .orElseGet(() -> {
                    byte[] fresh = new byte[32];
                    new SecureRandom().nextBytes(fresh);
                    byte[] kept = box.seal(fresh, CONTEXT);
                    handle.execute("INSERT INTO derivation_keys (name, sealed) VALUES (?, ?)", NAME, kept);
                    return kept;
                }));
        return new DerivationKey(box.open(sealed, CONTEXT));
    }

    /** 256 bits in base64url that follow from a purpose and a text, and tell nothing of either. */
    String derive(String purpose, String from) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(from.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC-SHA256 is part of every Java", impossible);
        }
    }
}
