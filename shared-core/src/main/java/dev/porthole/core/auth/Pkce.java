package dev.porthole.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A proof key for one code (RFC 7636, method S256).
 *
 * @param verifier secret until the code is redeemed
 * @param challenge its SHA-256, base64url
 */
public record Pkce(String verifier, String challenge) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** A fresh one, of 256 random bits. */
    public static Pkce create() {
        return of(randomText());
    }

    static Pkce of(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return new Pkce(verifier, BASE64URL.encodeToString(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** 256 random bits as text, also for {@code state} and {@code nonce}. */
    static String randomText() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return BASE64URL.encodeToString(bits);
    }

    /** Without the verifier. */
    @Override
    public String toString() {
        return "Pkce[challenge=" + challenge + "]";
    }
}
