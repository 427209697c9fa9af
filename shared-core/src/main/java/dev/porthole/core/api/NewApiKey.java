package dev.porthole.core.api;

/**
 * A key that was just made.
 *
 * @param secret what callers send; said this once and never again
 */
public record NewApiKey(ApiKey key, String secret) {
    @Override
    public String toString() {
        return "NewApiKey[" + key.id() + "]";
    }
}
