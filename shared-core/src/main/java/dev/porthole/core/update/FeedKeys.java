package dev.porthole.core.update;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The keys that may sign a feed: those of the build, and no others. Two at a time, so that one can follow the other.
 *
 * @param keys Ed25519 (RFC 8032)
 */
public record FeedKeys(List<PublicKey> keys) {
    private static final String ALGORITHM = "Ed25519";

    public FeedKeys {
        keys = List.copyOf(keys);
    }

    /**
     * Reads keys as a build has them: SubjectPublicKeyInfo (RFC 8410) in base64, with blanks between.
     *
     * @throws IllegalArgumentException for anything else; a build that has it is broken
     */
    public static FeedKeys parse(String text) {
        List<PublicKey> keys = new ArrayList<>();
        for (String encoded : text.strip().split("\\s+", -1)) {
            if (!encoded.isEmpty()) {
                keys.add(key(encoded));
            }
        }
        return new FeedKeys(keys);
    }

    /** Whether one of them has signed exactly these bytes. {@code signature}: base64, 64 bytes. */
    boolean signed(byte[] document, String signature) {
        byte[] raw;
        try {
            raw = Base64.getDecoder().decode(signature.strip());
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
        return keys.stream().anyMatch(key -> signed(key, document, raw));
    }

    private static boolean signed(PublicKey key, byte[] document, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(document);
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            // A signature of another length, for one.
            return false;
        }
    }

    private static PublicKey key(String encoded) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(encoded)));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new IllegalArgumentException(
                    "feed key: " + encoded + " (expected: an Ed25519 key in base64)", broken);
        }
    }
}
