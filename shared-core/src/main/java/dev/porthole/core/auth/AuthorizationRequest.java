package dev.porthole.core.auth;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the browser is sent to the server with (RFC 6749, section 4.1.1; RFC 7636; OpenID Connect Core, section
 * 3.1.2.1).
 */
public record AuthorizationRequest(
        AuthorizationServiceConfiguration configuration, URI redirectUri, String state, String nonce, Pkce pkce) {
    /** This program, to every server: a public client, so there is no secret. */
    public static final String CLIENT_ID = "porthole-desktop";

    /** What it asks for. */
    public static final String SCOPE = "openid profile email offline_access";

    /** A fresh one, whose answer is to come back to {@code redirectUri}. */
    public static AuthorizationRequest create(
            AuthorizationServiceConfiguration configuration, URI redirectUri, String state) {
        return new AuthorizationRequest(configuration, redirectUri, state, Pkce.randomText(), Pkce.create());
    }

    /** The address for the browser. */
    public URI toUri() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("response_type", "code");
        fields.put("client_id", CLIENT_ID);
        fields.put("redirect_uri", redirectUri.toString());
        fields.put("scope", SCOPE);
        fields.put("state", state);
        fields.put("nonce", nonce);
        fields.put("code_challenge", pkce.challenge());
        fields.put("code_challenge_method", "S256");
        // Never the browser's session without a word: the person may have several accounts.
        fields.put("prompt", "select_account");
        String endpoint = configuration.authorizationEndpoint().toString();
        return URI.create(endpoint + (endpoint.indexOf('?') < 0 ? "?" : "&") + Form.encode(fields));
    }
}
