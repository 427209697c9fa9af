package dev.porthole.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.admin.AdminClient;
import dev.porthole.server.config.ServerSettings;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionEvents;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The server as it is put together for people: real edge, real identity provider, real store. */
class ComposedServerTest {
    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123";
    private static final String REDIRECT = "http://127.0.0.1/callback";

    @TempDir
    Path data;

    private final CompletableFuture<Composition.EdgeNeeds> needs = new CompletableFuture<>();
    private PortholeServer server;
    private PublicPort port;

    @BeforeEach
    void start() {
        Composition real = new StandardComposition(
                Map.of("PORTHOLE_ADMIN_USER", "ada", "PORTHOLE_ADMIN_PASSWORD", "quiet harbour kite 7"));
        Composition overheard = new Composition() {
            @Override
            public PublicSide edge(
                    EdgeNeeds edge, RouteTable routes, SessionAuthority authority, SessionEvents events) {
                needs.complete(edge);
                return real.edge(edge, routes, authority, events);
            }

            @Override
            public IdentitySide identity(IdentityNeeds identity) {
                return real.identity(identity);
            }
        };
        server = PortholeServer.start(settings(), false, overheard, LeaseCount.unlimited());
        port = new PublicPort(server.address().getPort());
    }

    ServerSettings settings() {
        return new ServerSettings(data, "127.0.0.1", 0, null, "localhost", ServerSettings.LogLevel.warn);
    }

    PublicPort port() {
        return port;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void ownHostsReachTheControlPlaneAndOthersAreTunnels() throws IOException {
        String local = "localhost:" + port.port();
        assertThat(port.send("GET", local, "/api/v1/openapi.json", Map.of(), null)
                        .status())
                .isEqualTo(200);
        assertThat(port.send("GET", local, "/health/ready", Map.of(), null).status())
                .isEqualTo(200);
        JsonNode metadata = port.send("GET", local, "/.well-known/openid-configuration", Map.of(), null)
                .json();
        assertThat(metadata.path("issuer").asString()).isEqualTo("http://" + local);
        PublicPort.Answer page = port.send("GET", "porthole.localhost:" + port.port(), "/sign-in", Map.of(), null);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("name=\"password\"");
        PublicPort.Answer none = port.send("GET", "brave-otter-sings.localhost", "/", Map.of(), null);
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.head()).containsIgnoringCase("porthole-error: tunnel_not_found");
    }

    @Test
    void controlPlanesListenerRefusesWhoeverIsNotTheEdge() throws IOException {
        PublicPort behind = new PublicPort(needs.join().controlPlane().getPort());
        for (Map<String, String> fields :
                List.of(Map.<String, String>of(), Map.of("Porthole-Edge-Secret", "guessed"))) {
            assertThat(behind.send("GET", "localhost", "/health", fields, null).status())
                    .isEqualTo(403);
            assertThat(behind.send("GET", "localhost", "/sign-in", fields, null).status())
                    .isEqualTo(403);
        }
        Map<String, String> visitorsOwn = Map.of("Porthole-Edge-Secret", "guessed");
        assertThat(port.send("GET", "localhost", "/health", visitorsOwn, null).status())
                .as("what a visitor says about the secret is replaced")
                .isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSession() throws Exception { // T-I8
        JsonNode tokens = signIn();
        try (Socket session = session(tokens.path("access_token").asString())) {
            PublicPort.Answer revoked = port.form(
                    "/oauth/revoke",
                    Map.of(
                            "client_id",
                            "porthole-desktop",
                            "token",
                            tokens.path("refresh_token").asString()));
            assertThat(revoked.status()).isEqualTo(200);
            assertEnded(session);
        }
        assertThat(port.bearer("GET", "/me", tokens.path("access_token").asString(), null)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refreshTokenThatIsUsedTwiceEndsTheSession() throws Exception { // T-I5, T-I8
        JsonNode tokens = signIn();
        String first = tokens.path("refresh_token").asString();
        try (Socket session = session(tokens.path("access_token").asString())) {
            String second = refresh(first).json().path("refresh_token").asString();
            String third = refresh(second).json().path("refresh_token").asString();
            assertThat(refresh(first).status()).isEqualTo(400);
            assertEnded(session);
            assertThat(refresh(third).status()).isEqualTo(400);
        }
    }

    @Test
    void deletingItsConnectorEndsTheSession() throws Exception { // T-I8
        String access = signIn().path("access_token").asString();
        try (Socket session = session(access)) {
            String project = port.bearer("GET", "/projects", access, null)
                    .json()
                    .at("/items/0/id")
                    .asString();
            String connectors = "/projects/" + project + "/connectors";
            String id = port.bearer("GET", connectors, access, null)
                    .json()
                    .at("/items/0/id")
                    .asString();
            assertThat(port.bearer("DELETE", connectors + "/" + id, access, null)
                            .status())
                    .isEqualTo(204);
            assertEnded(session);
        }
    }

    @Test
    void revokingOrRotatingAKeyEndsItsSessionWithinASecond() throws Exception { // T-I8, B-D1
        String access = signIn().path("access_token").asString();
        String keys = "/projects/"
                + port.bearer("GET", "/projects", access, null)
                        .json()
                        .at("/items/0/id")
                        .asString()
                + "/keys";
        for (String way : List.of("DELETE ", "POST /rotate")) {
            JsonNode key =
                    port.bearer("POST", keys, access, "{\"name\":\"agent\"}").json();
            String path = keys + "/" + key.at("/key/id").asString() + way.substring(way.indexOf(' ') + 1);
            try (Socket session = session(key.path("secret").asString())) {
                port.bearer(way.substring(0, way.indexOf(' ')), path, access, null);
                long answered = System.nanoTime();
                assertEnded(session);
                assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(Duration.ofSeconds(1));
            }
        }
    }

    @Test
    void stoppingEndsSessionsAndFreesFolderAndPort() throws Exception {
        try (Socket session = session(signIn().path("access_token").asString())) {
            server.close();
            assertEnded(session);
        }
        start();
        assertThat(port.send("GET", "localhost", "/health", Map.of(), null).status())
                .isEqualTo(200);
    }

    /** As the owner of the data folder, so that no form has to be filled in. */
    JsonNode signIn() throws Exception {
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        try (AdminClient admin = AdminClient.connect(data)) {
            return port.form(
                            "/oauth/token",
                            Map.of(
                                    "grant_type",
                                    "authorization_code",
                                    "client_id",
                                    "porthole-desktop",
                                    "code",
                                    admin.ownerCode(challenge, REDIRECT),
                                    "redirect_uri",
                                    REDIRECT,
                                    "code_verifier",
                                    VERIFIER))
                    .json();
        }
    }

    private PublicPort.Answer refresh(String token) throws IOException {
        return port.form(
                "/oauth/token",
                Map.of("grant_type", "refresh_token", "client_id", "porthole-desktop", "refresh_token", token));
    }

    private Socket session(String access) throws IOException {
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

    /** Returns when the edge has ended the connection; the socket's patience is the limit. */
    private static void assertEnded(Socket session) throws IOException {
        assertThat(session.getInputStream().readAllBytes()).isNotEmpty();
    }
}
