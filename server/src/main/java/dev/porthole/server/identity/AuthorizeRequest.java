package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCError;
import com.nimbusds.openid.connect.sdk.OIDCScopeValue;
import com.nimbusds.openid.connect.sdk.Prompt;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to {@code /oauth/authorize} that may be answered with a code.
 *
 * @param query the whole request again, for the pages that stand between it and its answer
 * @param maxAge how old a sign-in may be, in seconds; -1 if nothing was said
 * @param idTokenHint an id token of whom the client expects to be signed in
 */
record AuthorizeRequest(
        RegisteredClient client,
        String query,
        String redirectUri,
        @Nullable State state,
        String challenge,
        @Nullable String nonce,
        String scope,
        Prompt prompt,
        long maxAge,
        @Nullable String loginHint,
        @Nullable String idTokenHint) {
    private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** What a request turned out to be. */
    sealed interface Read {
        /** Fine. */
        record Valid(AuthorizeRequest request) implements Read {}

        /** Wrong, and its client can be told. */
        record SendBack(String redirectUri, @Nullable State state, ErrorObject error) implements Read {}

        /** Wrong about who asks or where to answer: only the person can be told (RFC 6749 section 4.1.2.1). */
        record Refused(String reason) implements Read {}
    }

    /** Reads the parameters of a query or a form. */
    static Read read(OAuthClients clients, Map<String, List<String>> parameters) {
        String id = only(parameters, "client_id");
        Optional<RegisteredClient> client = id == null ? Optional.empty() : clients.find(id);
        if (client.isEmpty()) {
            return new Read.Refused("client_id: " + shown(id) + " (expected: one that this server knows)");
        }
        String redirectUri = only(parameters, "redirect_uri");
        if (redirectUri == null || !client.get().owns(redirectUri)) {
            return new Read.Refused("redirect_uri: " + shown(redirectUri) + " (expected: one that is registered: "
                    + String.join(", ", client.get().redirectUris()) + "; to this computer with its port)");
        }
        State state = state(parameters);
        try {
            return new Read.Valid(check(client.get(), parameters, redirectUri, state));
        } catch (ParseException wrong) {
            return new Read.SendBack(redirectUri, state, ProtocolMessages.error(wrong));
        }
    }

    private static AuthorizeRequest check(
            RegisteredClient client, Map<String, List<String>> parameters, String redirectUri, @Nullable State state)
            throws ParseException {
        if (parameters.containsKey("request")) {
            throw refused(OAuth2Error.REQUEST_NOT_SUPPORTED, "request: not supported");
        }
        if (parameters.containsKey("request_uri")) {
            throw refused(OAuth2Error.REQUEST_URI_NOT_SUPPORTED, "request_uri: not supported");
        }
        if (parameters.containsKey("registration")) {
            throw refused(OIDCError.REGISTRATION_NOT_SUPPORTED, "registration: not supported");
        }
        String maxAge = only(parameters, "max_age");
        if (maxAge != null && maxAge.startsWith("-")) {
            throw refused(OAuth2Error.INVALID_REQUEST, "max_age: expected 0 or more seconds");
        }
        AuthorizationRequest request = parse(parameters);
        if (!request.getResponseType().equals(ResponseType.CODE)) {
            throw refused(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE, "response_type: expected code");
        }
        if (request.getResponseMode() != null && !request.getResponseMode().equals(ResponseMode.QUERY)) {
            throw refused(OAuth2Error.INVALID_REQUEST, "response_mode: expected query");
        }
        Scope scope = request.getScope() == null ? new Scope() : client.granted(request.getScope());
        AuthenticationRequest openid = request instanceof AuthenticationRequest asked ? asked : null;
        return new AuthorizeRequest(
                client,
                URLUtils.serializeParameters(parameters),
                redirectUri,
                state,
                challenge(request),
                openid == null || openid.getNonce() == null
                        ? null
                        : openid.getNonce().getValue(),
                scope.toString(),
                request.getPrompt() == null ? new Prompt() : request.getPrompt(),
                openid == null ? -1 : openid.getMaxAge(),
                openid == null ? null : openid.getLoginHint(),
                openid == null ? null : only(parameters, "id_token_hint"));
    }

    private static AuthorizationRequest parse(Map<String, List<String>> parameters) throws ParseException {
        String scope = only(parameters, "scope");
        boolean openid = scope != null && Scope.parse(scope).contains(OIDCScopeValue.OPENID);
        return openid ? AuthenticationRequest.parse((URI) null, parameters) : AuthorizationRequest.parse(parameters);
    }

    /** PKCE is required, and S256 is its only method; the default of a missing one is {@code plain} (RFC 7636 4.3). */
    private static String challenge(AuthorizationRequest request) throws ParseException {
        if (request.getCodeChallenge() == null) {
            throw refused(OAuth2Error.INVALID_REQUEST, "code_challenge: missing");
        }
        if (!CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())) {
            throw refused(OAuth2Error.INVALID_REQUEST, "code_challenge_method: expected S256");
        }
        String challenge = request.getCodeChallenge().getValue();
        if (!S256.matcher(challenge).matches()) {
            throw refused(OAuth2Error.INVALID_REQUEST, "code_challenge: expected 43 characters of base64url");
        }
        return challenge;
    }

    private static @Nullable State state(Map<String, List<String>> parameters) {
        String state = only(parameters, "state");
        return state == null || state.isBlank() ? null : new State(state);
    }

    /** The value of a parameter that is there exactly once. */
    private static @Nullable String only(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values != null && values.size() == 1 ? values.getFirst() : null;
    }

    private static String shown(@Nullable String value) {
        if (value == null) {
            return "missing or repeated";
        }
        return value.length() > 200 ? value.substring(0, 200) + "…" : value;
    }

    private static ParseException refused(ErrorObject error, String description) {
        return ProtocolMessages.refused(error, description);
    }
}
