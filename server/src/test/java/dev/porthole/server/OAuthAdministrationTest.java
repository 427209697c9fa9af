package dev.porthole.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Programs of others over the API, on a whole server with live sessions. */
class OAuthAdministrationTest {
    private static final String CLIENTS = "/admin/clients";
    private static final String PAINT = "{\"name\":\"Paint\",\"redirectUris\":[\"http://127.0.0.1/cb\"]}";
    private static final String VERIFIER = "another-verifier-of-at-least-forty-three-characters";

    @TempDir
    private Path data;

    private WholeServer server;
    private String administrator;

    @BeforeEach
    void start() throws Exception {
        server = WholeServer.start(data);
        administrator = server.ownersTokens().path("access_token").asString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // T-C6
    void clientsAreRegisteredListedAndRemoved() throws Exception {
        JsonNode paint = register(PAINT);
        JsonNode wiki = register("{\"name\":\"Wiki\",\"resourceServer\":true}");
        assertThat(paint.path("id").asString()).startsWith("cli_");
        assertThat(paint.hasNonNull("secret")).isFalse();
        assertThat(wiki.path("secret").asString()).startsWith("phs_");

        PublicPort.Answer list = call("GET", CLIENTS, null);
        assertThat(list.json().path("total").asInt()).isEqualTo(2);
        assertThat(list.body()).contains("Paint", "Wiki", "http://127.0.0.1/cb").doesNotContain("phs_");

        assertThat(call("DELETE", CLIENTS + "/" + paint.path("id").asString(), null)
                        .status())
                .isEqualTo(204);
        assertThat(call("DELETE", CLIENTS + "/" + paint.path("id").asString(), null)
                        .status())
                .isEqualTo(404);
        assertThat(call("GET", CLIENTS, null).json().path("total").asInt()).isEqualTo(1);
    }

    @Test // T-C2
    void wrongClientsAreRefusedByField() throws Exception {
        Map<String, String> wrong = Map.of(
                "{}", "name",
                "{\"name\":\"\"}", "name",
                "{\"name\":\"x\",\"secret\":\"mine\"}", "secret",
                "{\"name\":\"x\",\"redirectUris\":[\"https://ok.example/\",\"http://localhost/cb\"]}",
                        "redirectUris[1]",
                "{\"name\":\"x\",\"redirectUris\":\"https://ok.example/\"}", "redirectUris",
                "{\"name\":\"x\",\"redirectUris\":[\"https://ok.example/\"],\"resourceServer\":true}", "redirectUris");
        for (Map.Entry<String, String> one : wrong.entrySet()) {
            PublicPort.Answer answer = call("POST", CLIENTS, one.getKey());
            assertThat(answer.status()).as(one.getKey()).isEqualTo(400);
            assertThat(answer.json().path("field").asString()).as(one.getKey()).isEqualTo(one.getValue());
        }
    }

    @Test // B-D13, T-C4
    void onlyAdministratorsMayAndNeitherKeysNorTheirOwnApps() throws Exception {
        String app = allowed(register(PAINT).path("id").asString(), "openid api");
        PublicPort port = server.port();

        assertThat(port.bearer("GET", "/me", app, null).status()).isEqualTo(200);
        for (String path : List.of(CLIENTS)) {
            PublicPort.Answer refused = port.bearer("GET", path, app, null);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.head()).contains("insufficient_scope");
            assertThat(port.send("GET", "localhost:" + port.port(), "/api/v1" + path, Map.of(), null)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(port.bearer("GET", "/me/consents", app, null).status()).isEqualTo(403);
    }

    @Test // T-I8
    void takingAConsentBackEndsTheAppsSessionWithinASecond() throws Exception {
        String client = register(PAINT).path("id").asString();
        String app = allowed(client, "openid api offline_access");
        String user = allowed("porthole-desktop", "openid");
        PublicPort port = server.port();
        JsonNode consents = port.bearer("GET", "/me/consents", user, null).json();
        assertThat(consents.at("/items/0/client").asString()).isEqualTo(client);
        assertThat(consents.at("/items/0/name").asString()).isEqualTo("Paint");

        try (Socket session = session(app)) {
            long before = System.nanoTime();
            assertThat(port.bearer("DELETE", "/me/consents/" + client, user, null)
                            .status())
                    .isEqualTo(204);
            assertThat(session.getInputStream().readAllBytes()).isNotEmpty();
            assertThat((System.nanoTime() - before) / 1_000_000).isLessThan(1_000);
        }
        assertThat(port.bearer("GET", "/me", app, null).status()).isEqualTo(401);
        assertThat(port.bearer("GET", "/me", user, null).status()).isEqualTo(200);
        assertThat(port.bearer("DELETE", "/me/consents/" + client, user, null).status())
                .isEqualTo(404);
    }

    @Test // T-I6
    void badTokensGet401WithAChallenge() throws Exception {
        for (String token : List.of("a.b.c", "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30.", administrator + "x")) {
            PublicPort.Answer refused = server.port().bearer("GET", "/me", token, null);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.head().toLowerCase(java.util.Locale.ROOT))
                    .contains("www-authenticate: bearer error=\"invalid_token\"");
        }
    }

    private PublicPort.Answer call(String method, String path, @org.jspecify.annotations.Nullable String body)
            throws IOException {
        return server.port().bearer(method, path, administrator, body);
    }

    private JsonNode register(String body) throws IOException {
        PublicPort.Answer answer = call("POST", CLIENTS, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    /** An access token that a person has allowed a client, by a browser. */
    private String allowed(String client, String scope) throws Exception {
        boolean ours = client.equals("porthole-desktop");
        String redirect = "http://127.0.0.1:53999/" + (ours ? "callback" : "cb");
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        String back = server.person()
                .walk("http://porthole.localhost:" + server.port().port()
                        + "/oauth/authorize?response_type=code&client_id="
                        + client + "&redirect_uri=" + redirect + "&scope=" + scope.replace(' ', '+')
                        + "&code_challenge_method=S256&code_challenge=" + challenge);
        String code = URI.create(back).getQuery().replaceAll(".*code=([^&]+).*", "$1");
        return server.port()
                .form(
                        "/oauth/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                client,
                                "code",
                                code,
                                "redirect_uri",
                                redirect,
                                "code_verifier",
                                VERIFIER))
                .json()
                .path("access_token")
                .asString();
    }

    private Socket session(String access) throws IOException {
        PublicPort port = server.port();
        String project = port.bearer("GET", "/projects", access, null)
                .json()
                .at("/items/0/id")
                .asString();
        String connector = port.bearer(
                        "PUT", "/projects/" + project + "/connectors/managed/device-1", access, "{\"name\":\"Laptop\"}")
                .json()
                .path("id")
                .asString();
        String token = port.bearer("POST", "/connect-tokens", access, "{\"connector\":\"" + connector + "\"}")
                .json()
                .path("token")
                .asString();
        return port.session(token);
    }
}
