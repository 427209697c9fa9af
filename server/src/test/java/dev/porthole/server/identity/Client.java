package dev.porthole.server.identity;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.porthole.server.PlantedSecrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a native client sends, field by field, so that a test can change each. */
final class Client {
    static final String REDIRECT = "http://127.0.0.1:53412/callback";

    final CodeVerifier verifier = new CodeVerifier();
    final Map<String, String> request = new LinkedHashMap<>();

    private final TestServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    /** An answer of the token endpoint. */
    record Answer(int status, Map<String, Object> body, HttpResponse<String> response) {
        String text(String field) {
            return String.valueOf(body.get(field));
        }
    }

    Client(TestServer server) {
        this.server = server;
        request.put("client_id", "porthole-desktop");
        request.put("response_type", "code");
        request.put("redirect_uri", REDIRECT);
        request.put("scope", "openid profile");
        request.put("state", "st&te =+/%");
        request.put("nonce", "nonce-1");
        request.put("code_challenge", challenge());
        request.put("code_challenge_method", "S256");
    }

    String challenge() {
        return CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue();
    }

    Client with(String parameter, String value) {
        request.put(parameter, value);
        return this;
    }

    Client without(String parameter) {
        request.remove(parameter);
        return this;
    }

    String authorizePath() {
        return "/oauth/authorize?" + Browser.form(request);
    }

    /** Signs in with a fresh browser and gives the code. */
    String code() {
        return PlantedSecrets.plant(WebRequest.field(server.browser().authorize(this), "code"));
    }

    Map<String, String> codeGrant(String code) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("client_id", id());
        fields.put("code", code);
        fields.put("redirect_uri", request.getOrDefault("redirect_uri", REDIRECT));
        fields.put("code_verifier", verifier.getValue());
        return fields;
    }

    Answer redeem(String code) {
        return token(codeGrant(code));
    }

    /** Signs in and redeems the code. */
    Answer signIn() {
        return redeem(code());
    }

    Answer refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "client_id", id(), "refresh_token", refreshToken));
    }

    Answer revoke(String token) {
        return post("/oauth/revoke", Map.of("client_id", id(), "token", token), Map.of());
    }

    /** Asks for a device code. */
    Answer device() {
        return post("/oauth/device", Map.of("client_id", id(), "scope", "openid profile offline_access"), Map.of());
    }

    /** Asks whether somebody has let the device in. */
    Answer poll(Answer device) {
        return token(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                id(),
                "device_code",
                device.text("device_code")));
    }

    private String id() {
        return request.getOrDefault("client_id", "porthole-desktop");
    }

    Answer token(Map<String, String> fields) {
        return post("/oauth/token", fields, Map.of());
    }

    Answer post(String path, Map<String, String> fields, Map<String, String> headers) {
        HttpRequest.Builder post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Browser.form(fields)));
        headers.forEach(post::header);
        return answer(post.build());
    }

    Answer get(String path) {
        return answer(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path))
                .build());
    }

    private Answer answer(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, Object> body = response.body().isEmpty() ? Map.of() : JSONObjectUtils.parse(response.body());
            for (String secret : new String[] {"access_token", "refresh_token"}) {
                PlantedSecrets.plant(String.valueOf(body.getOrDefault(secret, "")));
            }
            return new Answer(response.statusCode(), body, response);
        } catch (IOException | ParseException failed) {
            throw new AssertionError(request.uri() + ": " + failed, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
