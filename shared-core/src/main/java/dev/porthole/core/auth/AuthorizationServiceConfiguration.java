package dev.porthole.core.auth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.porthole.core.api.HttpExchange;
import dev.porthole.core.api.InvalidServerAddressException;
import dev.porthole.core.api.ServerAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an authorization server does what, as it says itself (OpenID Connect Discovery 1.0).
 *
 * @param issuerSent whether each authorization response carries {@code iss} (RFC 9207)
 */
public record AuthorizationServiceConfiguration(
        String issuer,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        @Nullable URI revocation,
        @Nullable URI deviceAuthorization,
        URI jwks,
        boolean issuerSent) {

    /**
     * Asks an issuer for its configuration.
     *
     * @throws AuthorizationException if the document is another issuer's, lacks something, or names an address that
     *     tokens must not go to
     */
    public static AuthorizationServiceConfiguration fetch(String issuer)
            throws AuthorizationException, IOException, InterruptedException {
        URI document = URI.create(withoutSlash(issuer) + "/.well-known/openid-configuration");
        requireProtected(document);
        HttpResponse<byte[]> answer = HttpExchange.send(HttpRequest.newBuilder(document)
                .timeout(HttpExchange.ANSWER_LIMIT)
                .header("Accept", "application/json")
                .build());
        if (answer.statusCode() != 200) {
            throw AuthorizationException.invalidResponse(
                    document + " answered " + answer.statusCode() + " (expected: 200)");
        }
        return of(issuer, new String(answer.body(), StandardCharsets.UTF_8));
    }

    static AuthorizationServiceConfiguration of(String issuer, String json) throws AuthorizationException {
        OIDCProviderMetadata metadata;
        try {
            metadata = OIDCProviderMetadata.parse(json);
        } catch (ParseException broken) {
            throw AuthorizationException.invalidResponse(
                    "The configuration of " + issuer + " is not understood: " + broken.getMessage());
        }
        // Discovery, section 4.3: it must be identical to what was asked for.
        if (!metadata.getIssuer().getValue().equals(issuer)) {
            throw AuthorizationException.invalidResponse(
                    "issuer: " + metadata.getIssuer() + " (expected: " + issuer + ")");
        }
        URI revocation = metadata.getRevocationEndpointURI();
        URI device = metadata.getDeviceAuthorizationEndpointURI();
        return new AuthorizationServiceConfiguration(
                issuer,
                required("authorization_endpoint", metadata.getAuthorizationEndpointURI()),
                required("token_endpoint", metadata.getTokenEndpointURI()),
                revocation == null ? null : requireProtected(revocation),
                device == null ? null : requireProtected(device),
                required("jwks_uri", metadata.getJWKSetURI()),
                metadata.supportsAuthorizationResponseIssuerParam());
    }

    /** Where tokens are revoked (RFC 7009), if anywhere. */
    public Optional<URI> revocationEndpoint() {
        return Optional.ofNullable(revocation);
    }

    /** Where a device without a browser asks for a code (RFC 8628), if anywhere. */
    public Optional<URI> deviceAuthorizationEndpoint() {
        return Optional.ofNullable(deviceAuthorization);
    }

    private static URI required(String field, @Nullable URI uri) throws AuthorizationException {
        if (uri == null) {
            throw AuthorizationException.invalidResponse("The server's configuration has no " + field + ".");
        }
        return requireProtected(uri);
    }

    /** The same rule as for the server itself: https, or this computer. */
    private static URI requireProtected(URI uri) throws AuthorizationException {
        try {
            ServerAddress address = new ServerAddress(uri);
            return address.base();
        } catch (InvalidServerAddressException refused) {
            throw AuthorizationException.invalidResponse("The server's configuration names " + refused.getMessage());
        }
    }

    private static String withoutSlash(String issuer) {
        return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    }
}
