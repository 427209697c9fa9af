package dev.porthole.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.OAuthClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the endpoints say no to, byte by byte over a socket: no library tidies the requests. */
class RefusalsTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A form that is refused: path, body, status, error. */
    private record Case(String path, String body, int status, String error) {}

    @Test // T-I1, T-I3, T-I5, T-I7
    void formsThatAreWrongAreRefusedAsTheStandardSays() throws Exception {
        String device = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code";
        List<Case> cases = List.of(
                new Case("/oauth/token", "", 400, "invalid_request"),
                new Case("/oauth/token", "client_id=porthole-desktop", 400, "invalid_request"),
                new Case("/oauth/token", "grant_type=&client_id=porthole-desktop", 400, "unsupported_grant_type"),
                new Case("/oauth/token", "grant_type=implicit&client_id=porthole-desktop", 400, "unsupported_grant_type"),
                new Case(
                        "/oauth/token",
                        "grant_type=password&username=ada&password=x&client_id=porthole-desktop",
                        400,
                        "unsupported_grant_type"),
                new Case("/oauth/token", "grant_type=authorization_code&client_id=porthole-desktop", 400, "invalid_request"),
                new Case(
                        "/oauth/token",
                        "grant_type=authorization_code&client_id=porthole-desktop&code=x&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback",
                        400,
                        "invalid_request"),
                new Case(
                        "/oauth/token",
                        "grant_type=authorization_code&client_id=porthole-desktop&code=x&code_verifier=short&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback",
                        400,
                        "invalid_request"),
                new Case(
                        "/oauth/token",
                        "grant_type=authorization_code&client_id=porthole-desktop&code=x&code_verifier=" + "v".repeat(43)
                                + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback",
                        400,
                        "invalid_grant"),
                new Case("/oauth/token", "grant_type=refresh_token&client_id=porthole-desktop", 400, "invalid_request"),
                new Case(
                        "/oauth/token",
                        "grant_type=refresh_token&client_id=porthole-desktop&refresh_token=x",
                        400,
                        "invalid_grant"),
                new Case(
                        "/oauth/token",
                        "grant_type=refresh_token&client_id=porthole-desktop&refresh_token=x&refresh_token=x",
                        400,
                        "invalid_request"),
                new Case(
                        "/oauth/token",
                        "grant_type=refresh_token&client_id=porthole-desktop&client_id=porthole-desktop&refresh_token=x",
                        400,
                        "invalid_request"),
                new Case("/oauth/token", "grant_type=refresh_token&client_id=nobody&refresh_token=x", 401, "invalid_client"),
                new Case(
                        "/oauth/token",
                        "grant_type=refresh_token&client_id=porthole-desktop&client_secret=s&refresh_token=x",
                        401,
                        "invalid_client"),
                new Case("/oauth/token", "grant_type=" + device + "&client_id=porthole-desktop", 400, "invalid_request"),
                new Case(
                        "/oauth/token",
                        "grant_type=" + device + "&client_id=porthole-desktop&device_code=x",
                        400,
                        "invalid_grant"),
                new Case("/oauth/device", "", 400, "invalid_request"),
                new Case("/oauth/device", "client_id=nobody", 401, "invalid_client"),
                new Case("/oauth/device", "client_id=porthole-desktop&scope=a&scope=b", 400, "invalid_request"),
                new Case("/oauth/device", "client_id=porthole-desktop&client_secret=s", 401, "invalid_client"),
                new Case("/oauth/revoke", "client_id=porthole-desktop", 400, "invalid_request"),
                new Case("/oauth/revoke", "client_id=nobody&token=x", 401, "invalid_client"),
                new Case("/oauth/revoke", "client_id=porthole-desktop&token=x&token=y", 400, "invalid_request"),
                new Case("/oauth/introspect", "token=x", 401, "invalid_client"),
                new Case("/oauth/introspect", "client_id=porthole-desktop&token=x", 401, "invalid_client"));

        for (Case wrong : cases) {
            Answer answer = post(wrong.path, FORM, wrong.body, "");
            assertThat(answer.status).as(wrong + " " + answer.text).isEqualTo(wrong.status);
            assertThat(answer.text)
                    .as(wrong.toString())
                    .contains("\"error\":\"" + wrong.error + "\"", "Cache-Control: no-store", "Content-Type: application/json")
                    .doesNotContain("Exception");
            assertThat(answer.text.contains("WWW-Authenticate:"))
                    .as(wrong.toString())
                    .isEqualTo(wrong.status == 401);
        }
    }

    @Test // T-I1
    void theSecretOfNobodyIsRefusedOnEveryEndpoint() throws Exception {
        String basic = "Authorization: Basic "
                + Base64.getEncoder().encodeToString("porthole-desktop:secret".getBytes(StandardCharsets.UTF_8)) + "\r\n";
        for (String path : List.of("/oauth/token", "/oauth/device", "/oauth/revoke", "/oauth/introspect")) {
            Answer answer = post(path, FORM, "grant_type=refresh_token&refresh_token=x&token=x", basic);
            assertThat(answer.status).as(path).isEqualTo(401);
            assertThat(answer.text).contains("\"error\":\"invalid_client\"", "WWW-Authenticate: Basic");
        }
    }

    @Test // T-I10
    void otherMethodsAreRefusedWithTheOnesThatAre() throws Exception {
        for (String path : List.of("/oauth/token", "/oauth/device", "/oauth/revoke", "/oauth/introspect")) {
            for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")) {
                Answer answer = send(method, path + "?client_id=porthole-desktop", "");
                assertThat(answer.status).as(method + " " + path).isEqualTo(405);
                assertThat(answer.text).contains("Allow: POST").doesNotContain("Access-Control");
            }
        }
        Answer post = post("/oauth/jwks", FORM, "", "");
        assertThat(post.status).isEqualTo(405);
        assertThat(post.text).contains("Allow: GET, HEAD");
        assertThat(send("HEAD", "/.well-known/openid-configuration", "").status).isEqualTo(200);
    }

    @Test // T-C2
    void otherBodiesAreRefusedInWords() throws Exception {
        for (String type : List.of("application/json", "multipart/form-data; boundary=x", "text/plain; x=\"\\", "")) {
            Answer answer = post("/oauth/token", type, "{\"grant_type\":\"refresh_token\"}", "");
            assertThat(answer.status).as(type).isEqualTo(400);
            assertThat(answer.text).contains("\"error\":\"invalid_request\"");
        }
        assertThat(post("/oauth/token", FORM, "x=" + "y".repeat(70_000), "").status)
                .isEqualTo(400);
        assertThat(post("/oauth/token", FORM, "%\"%=1&%\"%=2&\u00e9=%zz", "").text)
                .contains("\"error\":\"invalid_request\"");
    }

    @Test // T-I3, T-I10
    void nothingIsReadFromTheQuery() throws Exception {
        Client client = server.client();
        String code = client.code();
        Answer answer = post(
                "/oauth/token?" + Browser.form(client.codeGrant(code)), FORM, "client_id=porthole-desktop", "");

        assertThat(answer.text).contains("\"error\":\"invalid_request\"");
        assertThat(client.redeem(code).status()).isEqualTo(200);
    }

    @Test // T-I1, T-I4, T-I10
    void combinationsOfPromptsAndForeignHintsAreRefused() {
        Browser browser = server.browser();
        Client.Answer tokens = server.client().signIn();
        browser.get("/sign-in");
        browser.submitSignIn();
        Map<String, String> refused = Map.of(
                "none login", "invalid_request",
                "none consent", "invalid_request",
                "never", "invalid_request");
        refused.forEach((prompt, error) -> assertThat(Browser.parametersOf(browser.get(
                        server.client().with("prompt", prompt).authorizePath())))
                .as(prompt)
                .containsEntry("error", List.of(error))
                .containsKeys("iss", "state"));

        Client hinted = server.client().with("prompt", "none").with("id_token_hint", tokens.text("id_token"));
        assertThat(Browser.parametersOf(browser.get(hinted.authorizePath()))).containsKey("code");
        for (String hint : List.of(tokens.text("access_token"), "eyJhbGciOiJub25lIn0.e30.")) {
            assertThat(Browser.parametersOf(
                            browser.get(hinted.with("id_token_hint", hint).authorizePath())))
                    .containsKey("error")
                    .doesNotContainKey("code");
        }
        assertThat(Browser.parametersOf(browser.get(
                        server.client().with("registration", "{}").authorizePath())))
                .containsEntry("error", List.of("registration_not_supported"));
        assertThat(Browser.parametersOf(browser.get(
                        server.client().with("max_age", "-1").authorizePath())))
                .containsEntry("error", List.of("invalid_request"));
    }

    @Test // T-I5 (RFC 6749 section 6)
    void aRefreshCantAskForMoreThanWasGrantedAndIsNotUsedUpByTrying() {
        Client client = server.client();
        Client.Answer tokens = client.signIn();
        Map<String, String> wider = Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                "porthole-desktop",
                "refresh_token",
                tokens.text("refresh_token"),
                "scope",
                "openid email");
        assertThat(client.token(wider)).satisfies(TokenTest.refused("invalid_scope"));

        Map<String, String> narrower = new java.util.HashMap<>(wider);
        narrower.put("scope", "openid");
        Client.Answer narrowed = client.token(narrower);
        assertThat(narrowed.body()).containsEntry("scope", "openid");
        assertThat(client.refresh(narrowed.text("refresh_token")).text("scope")).contains("profile");
    }

    @Test // RFC 7662
    void introspectionIsForRegisteredResourceServersAlone() {
        Client client = server.client();
        Client.Answer tokens = client.signIn();
        OAuthClient wiki = server.resourceServer();
        String secret = String.valueOf(wiki.secret());
        OAuthClient paint = server.registered("Paint", "https://paint.example/back");

        Client.Answer good = introspect(wiki.id(), secret, tokens.text("access_token"));
        assertThat(good.body())
                .containsEntry("active", true)
                .containsEntry("sub", server.userId())
                .containsEntry("username", "ada")
                .containsEntry("client_id", "porthole-desktop")
                .containsEntry("scope", "openid profile")
                .containsEntry("iss", "http://localhost:" + server.port)
                .containsKeys("exp", "iat", "aud", "jti");
        assertThat(introspect(wiki.id(), secret + "x", tokens.text("access_token")).status())
                .isEqualTo(401);
        assertThat(introspect(paint.id(), secret, tokens.text("access_token")).status())
                .isEqualTo(401);
        assertThat(introspect(paint.id(), "null", tokens.text("access_token")).status())
                .isEqualTo(401);
        for (String other : List.of(tokens.text("refresh_token"), tokens.text("id_token"), secret, "nonsense")) {
            assertThat(introspect(wiki.id(), secret, other).body()).isEqualTo(Map.of("active", false));
        }
        assertThat(server.stores(secret)).isFalse();

        client.revoke(tokens.text("access_token"));
        assertThat(introspect(wiki.id(), secret, tokens.text("access_token")).body())
                .isEqualTo(Map.of("active", false));
    }

    @Test // T-I1
    void aResourceServerIsNoClient() {
        OAuthClient wiki = server.resourceServer();
        Client client = server.client().with("client_id", wiki.id());

        assertThat(server.browser().get(client.authorizePath()).statusCode()).isEqualTo(400);
        assertThat(client.device().body()).containsEntry("error", "invalid_client");
    }

    private Client.Answer introspect(String id, String secret, String token) {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return server.client()
                .post("/oauth/introspect", Map.of("token", token), Map.of("Authorization", "Basic " + basic));
    }

    private record Answer(int status, String text) {}

    private Answer post(String path, String type, String body, String fields) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> head = new ArrayList<>(List.of("POST " + path + " HTTP/1.1"));
        if (!type.isEmpty()) {
            head.add("Content-Type: " + type);
        }
        head.add("Content-Length: " + bytes.length);
        return exchange(String.join("\r\n", head) + "\r\n" + fields, body);
    }

    private Answer send(String method, String path, String fields) throws IOException {
        return exchange(method + " " + path + " HTTP/1.1\r\n" + fields, "");
    }

    private Answer exchange(String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((head + "Host: localhost:" + server.port + "\r\nConnection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(Integer.parseInt(text.substring(9, 12)), text);
        }
    }
}
