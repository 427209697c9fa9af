package dev.porthole.core.auth;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What tokens are given for (RFC 6749, sections 4.1.3 and 6; RFC 8628, section 3.4). */
public sealed interface TokenRequest {
    /** The form that the token endpoint gets. */
    Map<String, String> fields();

    /** A code that the browser or the embedded server brought. */
    record AuthorizationCode(String code, URI redirectUri, Pkce pkce) implements TokenRequest {
        @Override
        public Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("grant_type", "authorization_code");
            fields.put("client_id", AuthorizationRequest.CLIENT_ID);
            fields.put("code", code);
            fields.put("redirect_uri", redirectUri.toString());
            fields.put("code_verifier", pkce.verifier());
            return fields;
        }

        @Override
        public String toString() {
            return "AuthorizationCode[redirectUri=" + redirectUri + "]";
        }
    }

    /** What this device shows instead of a browser's code, each time that it asks. */
    record DeviceCode(String deviceCode) implements TokenRequest {
        @Override
        public Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
            fields.put("client_id", AuthorizationRequest.CLIENT_ID);
            fields.put("device_code", deviceCode);
            return fields;
        }

        @Override
        public String toString() {
            return "DeviceCode[]";
        }
    }

    /** A refresh token; it is used up by this. */
    record Refresh(String refreshToken) implements TokenRequest {
        @Override
        public Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("grant_type", "refresh_token");
            fields.put("client_id", AuthorizationRequest.CLIENT_ID);
            fields.put("refresh_token", refreshToken);
            return fields;
        }

        @Override
        public String toString() {
            return "Refresh[]";
        }
    }
}
