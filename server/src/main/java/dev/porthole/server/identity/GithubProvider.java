package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.porthole.core.api.ApiJson;
import dev.porthole.server.config.ProviderSettings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * GitHub, and GitHub Enterprise Server: OAuth with PKCE, and the user API to say who it is (docs.github.com,
 * "Authorizing OAuth apps", "REST API endpoints for users", "... for emails"). A person is the numeric id; a login can
 * be given up and taken by somebody else.
 */
final class GithubProvider implements SignInProvider {
    private static final String PUBLIC = "https://github.com";
    private static final String SCOPE = "read:user user:email";

    private final ProviderSettings settings;
    private final ProviderHttp http;
    private final String base;
    private final String api;

    GithubProvider(ProviderSettings settings, ProviderHttp http) {
        this.settings = settings;
        this.http = http;
        this.base = settings.base().toString().replaceFirst("/+$", "");
        this.api = base.equals(PUBLIC) ? "https://api.github.com" : base + "/api/v3";
    }

    @Override
    public ProviderSettings settings() {
        return settings;
    }

    @Override
    public URI authorization(Trip trip) {
        return URI.create(base + "/login/oauth/authorize?"
                + parameters(Map.of(
                        "client_id", settings.clientId(),
                        "redirect_uri", trip.redirectUri().toString(),
                        "scope", SCOPE,
                        "state", trip.state(),
                        "code_challenge",
                                CodeChallenge.compute(CodeChallengeMethod.S256, trip.verifier())
                                        .getValue(),
                        "code_challenge_method", "S256")));
    }

    @Override
    public ExternalIdentity identify(Trip trip, Map<String, List<String>> answer) throws ProviderException {
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + accessToken(trip, WebRequest.field(answer, "code")),
                "Accept", "application/vnd.github+json",
                "X-GitHub-Api-Version", "2022-11-28");
        JsonNode user = json(http.get(URI.create(api + "/user"), headers));
        JsonNode id = user.path("id");
        String login = user.path("login").asString("");
        if (!id.isIntegralNumber() || login.isEmpty()) {
            throw new ProviderException("GitHub's answer about the user has no id and login");
        }
        String name = user.path("name").asString("");
        return new ExternalIdentity(id.asString(), name.isBlank() ? login : name, login, verifiedEmail(headers));
    }

    private String accessToken(Trip trip, String code) throws ProviderException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("client_id", settings.clientId());
        fields.put("client_secret", settings.clientSecret() == null ? "" : settings.clientSecret());
        fields.put("code", code);
        fields.put("redirect_uri", trip.redirectUri().toString());
        fields.put("code_verifier", trip.verifier().getValue());
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, URI.create(base + "/login/oauth/access_token"));
        request.setHeader("Content-Type", "application/x-www-form-urlencoded");
        request.setBody(parameters(fields));
        HTTPResponse response = http.send(request);
        // GitHub says what is wrong with status 200 as well.
        JsonNode body = json(String.valueOf(response.getBody()));
        String token = body.path("access_token").asString("");
        if (response.getStatusCode() != 200 || token.isEmpty()) {
            throw new ProviderException(
                    "GitHub gave no token: " + body.path("error").asString("status " + response.getStatusCode()));
        }
        return token;
    }

    private @Nullable String verifiedEmail(Map<String, String> headers) {
        JsonNode emails;
        try {
            emails = json(http.get(URI.create(api + "/user/emails"), headers));
        } catch (ProviderException notAllowed) {
            // Whoever did not give the scope signs in without an address.
            return null;
        }
        for (JsonNode one : emails) {
            if (one.path("primary").asBoolean(false) && one.path("verified").asBoolean(false)) {
                return one.path("email").asString(null);
            }
        }
        return null;
    }

    private static JsonNode json(String text) throws ProviderException {
        try {
            return ApiJson.STRICT.readTree(text);
        } catch (JacksonException broken) {
            throw new ProviderException("GitHub's answer is not JSON", broken);
        }
    }

    private static String parameters(Map<String, String> values) {
        return URLUtils.serializeParameters(values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, value -> List.of(value.getValue()))));
    }
}
