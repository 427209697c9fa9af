package dev.porthole.server.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a request carries into who makes it. Safe from any thread; may block on the store. */
public interface Authenticator {
    /**
     * The maker of a request; empty without a credential and for every kind of bad one alike. An {@code Authorization}
     * field, when there is one, decides alone (RFC 6750 section 2: one way per request).
     *
     * @param authorizationHeader the field's value: {@code Bearer} and an access token, an API key, or an external
     *     connector's credential
     * @param apiKeyHeader the value of {@code x-api-key}: any of these but an access token
     */
    Optional<Principal> authenticate(@Nullable String authorizationHeader, @Nullable String apiKeyHeader);
}
