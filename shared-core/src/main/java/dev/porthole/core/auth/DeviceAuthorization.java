package dev.porthole.core.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server gives to a device that can't show a browser (RFC 8628, section 3.2). The device code is secret.
 *
 * @param userCode what the person types at {@code verificationUri}
 * @param complete the address that has the code in it already
 * @param expiresIn seconds from now
 * @param interval seconds between two questions; 5 if the server says nothing
 */
public record DeviceAuthorization(
        @JsonProperty("device_code") @Nullable String deviceCode,
        @JsonProperty("user_code") @Nullable String userCode,
        @JsonProperty("verification_uri") @Nullable URI verificationUri,
        @JsonProperty("verification_uri_complete") @Nullable URI complete,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("interval") @Nullable Integer interval) {
    /** What a person needs to let the device in. */
    public record Prompt(
            String userCode, URI verificationUri, @Nullable URI complete) {
        /** The address with the code in it, if the server has one. */
        public Optional<URI> verificationUriComplete() {
            return Optional.ofNullable(complete);
        }
    }

    /** For the person. */
    Prompt prompt() throws AuthorizationException {
        if (userCode == null || verificationUri == null) {
            throw AuthorizationException.invalidResponse(
                    "The server gave no code for you to type (expected: user_code and verification_uri).");
        }
        return new Prompt(userCode, web(verificationUri), complete == null ? null : web(complete));
    }

    /** People click it: nothing but a page of the web is shown to them. */
    private static URI web(URI address) throws AuthorizationException {
        String scheme = address.getScheme();
        if ((!"https".equals(scheme) && !"http".equals(scheme)) || address.getHost() == null) {
            throw AuthorizationException.invalidResponse(
                    "verification_uri: " + address + " (expected: an https or http address)");
        }
        return address;
    }

    /** Without the codes. */
    @Override
    public String toString() {
        return "DeviceAuthorization[verificationUri=" + verificationUri + ", expiresIn=" + expiresIn + "]";
    }
}
