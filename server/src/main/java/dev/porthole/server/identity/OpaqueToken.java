package dev.porthole.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Secrets that mean nothing by themselves: 32 random bytes in base64url behind a prefix that a secret scanner knows.
 * The store holds their SHA-256 only; with 256 random bits it needs no salt and no slow hash, and looking one up by its
 * hash tells nothing by its timing.
 */
public final class OpaqueToken {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private OpaqueToken() {}

    /** A fresh secret. */
    public static String next(String prefix) {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return prefix + BASE64URL.encodeToString(bits);
    }

    /** What the store holds of a secret. */
    public static String hash(String secret) {
        return BASE64URL.encodeToString(sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** Compares two secrets, or two values that depend on one, in a time that doesn't depend on where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every Java", impossible);
        }
    }
}
