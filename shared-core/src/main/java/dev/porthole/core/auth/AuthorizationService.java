package dev.porthole.core.auth;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks one authorization server for tokens, and gives them back. Blocking; an interrupt ends a call.
 *
 * <p>Errors: {@link AuthorizationException} when the server says no, {@link IOException} when there is no answer.
 */
public final class AuthorizationService {
    private final AuthorizationServiceConfiguration configuration;
    private final DeviceGrant deviceGrant;

    public AuthorizationService(AuthorizationServiceConfiguration configuration) {
        this(configuration, new DeviceGrant(InstantSource.system(), Thread::sleep));
    }

    AuthorizationService(AuthorizationServiceConfiguration configuration, DeviceGrant deviceGrant) {
        this.configuration = configuration;
        this.deviceGrant = deviceGrant;
    }

    /**
     * Lets a person sign in with the browser (RFC 8252) and gives the checked tokens.
     *
     * @param browser opens an address and says whether it could
     * @throws TimeoutException if no answer came back to this computer in time
     */
    public TokenResponse performAuthorizationRequest(Predicate<URI> browser, Duration limit)
            throws AuthorizationException, IOException, InterruptedException, TimeoutException {
        String state = Pkce.randomText();
        try (RedirectUriReceiver receiver = RedirectUriReceiver.start(state)) {
            AuthorizationRequest request = AuthorizationRequest.create(configuration, receiver.redirectUri(), state);
            // Whether a browser came up or the person was shown the address: the answer comes the same way.
            boolean _ = browser.test(request.toUri());
            RedirectUriReceiver.Redirect redirect = receiver.await(limit);
            try {
                TokenResponse tokens = performTokenRequest(codeOf(redirect, request), request.nonce());
                redirect.show(RedirectPage.SIGNED_IN);
                return tokens;
            } catch (AuthorizationException | IOException failed) {
                redirect.show(RedirectPage.NOT_SIGNED_IN);
                throw failed;
            }
        }
    }

    /**
     * Lets a person sign this device in with the browser of another one (RFC 8628), and gives the checked tokens.
     *
     * @param person shows the person the address and the code; called once, on this thread
     * @throws AuthorizationException also if the server has no such way in
     * @throws TimeoutException if nobody let the device in while its code lived
     */
    public TokenResponse performDeviceAuthorization(Consumer<DeviceAuthorization.Prompt> person)
            throws AuthorizationException, IOException, InterruptedException, TimeoutException {
        URI endpoint = configuration
                .deviceAuthorizationEndpoint()
                .orElseThrow(
                        () -> new AuthorizationException(
                                "unsupported_grant_type",
                                "The server has no sign-in for devices without a browser. Sign in with the browser of this computer."));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("client_id", AuthorizationRequest.CLIENT_ID);
        fields.put("scope", AuthorizationRequest.SCOPE);
        HttpResponse<byte[]> answer = post(endpoint, fields);
        if (answer.statusCode() != 200) {
            throw refusal(answer);
        }
        DeviceAuthorization authorization = HttpExchange.json(answer, DeviceAuthorization.class);
        String deviceCode = authorization.deviceCode();
        if (deviceCode == null) {
            throw AuthorizationException.invalidResponse("The server gave no device_code.");
        }
        person.accept(authorization.prompt());
        return deviceGrant.await(
                authorization, () -> performTokenRequest(new TokenRequest.DeviceCode(deviceCode), null));
    }

    /**
     * Redeems a code or a refresh token, and checks the id_token that comes with it.
     *
     * @param nonce what the authorization request carried; null if there was none
     */
    public TokenResponse performTokenRequest(TokenRequest request, @Nullable String nonce)
            throws AuthorizationException, IOException, InterruptedException {
        HttpResponse<byte[]> answer = post(configuration.tokenEndpoint(), request.fields());
        if (answer.statusCode() != 200) {
            throw refusal(answer);
        }
        TokenResponse tokens = HttpExchange.json(answer, TokenResponse.class);
        String accessToken = tokens.accessToken();
        if (accessToken == null || !"bearer".equalsIgnoreCase(tokens.tokenType())) {
            throw AuthorizationException.invalidResponse(
                    "token_type: " + tokens.tokenType() + " (expected: Bearer, with an access_token)");
        }
        String idToken = tokens.idToken();
        if (idToken != null) {
            new IdTokenCheck(configuration).check(idToken, accessToken, nonce);
        } else if (!(request instanceof TokenRequest.Refresh)) {
            throw AuthorizationException.invalidResponse("The server gave no id_token (expected: one with a code).");
        }
        return tokens;
    }

    /** Ends a refresh token and what came from it (RFC 7009). Servers without that endpoint are left alone. */
    public void revoke(String refreshToken) throws AuthorizationException, IOException, InterruptedException {
        if (configuration.revocationEndpoint().isEmpty()) {
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("client_id", AuthorizationRequest.CLIENT_ID);
        fields.put("token", refreshToken);
        fields.put("token_type_hint", "refresh_token");
        HttpResponse<byte[]> answer = post(configuration.revocationEndpoint().get(), fields);
        if (answer.statusCode() != 200) {
            throw refusal(answer);
        }
    }

    private TokenRequest codeOf(RedirectUriReceiver.Redirect redirect, AuthorizationRequest request)
            throws AuthorizationException {
        String issuer = redirect.parameter("iss");
        if (issuer == null ? configuration.issuerSent() : !issuer.equals(configuration.issuer())) {
            // RFC 9207, section 2.4: another server's answer is not to be acted upon, nor its error believed.
            throw AuthorizationException.invalidResponse(
                    "iss: " + (issuer == null ? "missing" : issuer) + " (expected: " + configuration.issuer() + ")");
        }
        String error = redirect.parameter("error");
        if (error != null) {
            String description = redirect.parameter("error_description");
            throw new AuthorizationException(
                    error,
                    error.equals("access_denied")
                            ? "The sign-in was cancelled in the browser."
                            : "The server refused the sign-in: " + (description == null ? error : description));
        }
        String code = redirect.parameter("code");
        if (code == null) {
            throw AuthorizationException.invalidResponse("The browser came back without a code.");
        }
        return new TokenRequest.AuthorizationCode(code, request.redirectUri(), request.pkce());
    }

    private static HttpResponse<byte[]> post(URI endpoint, Map<String, String> fields)
            throws IOException, InterruptedException {
        return HttpExchange.send(HttpRequest.newBuilder(endpoint)
                .timeout(HttpExchange.ANSWER_LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(Form.encode(fields)))
                .build());
    }

    private static AuthorizationException refusal(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() >= 500) {
            throw new IOException(answer.uri() + " answered " + answer.statusCode());
        }
        try {
            JsonNode json = ApiJson.LENIENT.readTree(answer.body());
            String error = json.path("error").asString("");
            if (!error.isEmpty()) {
                String description = json.path("error_description").asString(error);
                return new AuthorizationException(error, "The server refused: " + description);
            }
        } catch (JacksonException notOAuth) {
            return AuthorizationException.invalidResponse(
                    answer.uri() + " answered " + answer.statusCode() + " with something else than JSON");
        }
        return AuthorizationException.invalidResponse(answer.uri() + " answered " + answer.statusCode());
    }
}
