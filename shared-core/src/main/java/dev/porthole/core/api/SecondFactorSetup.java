package dev.porthole.core.api;

/**
 * What an authenticator app is to be told, shown once.
 *
 * @param uri {@code otpauth://totp/…}
 * @param secret the same secret alone, in base32, for typing
 */
public record SecondFactorSetup(String uri, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "SecondFactorSetup";
    }
}
