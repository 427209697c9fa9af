package dev.porthole.server;

import dev.porthole.server.admin.AdminClient;
import dev.porthole.server.config.ServerSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A server as people start it, with one local account, at a free port of this computer. */
record WholeServer(PortholeServer server, PublicPort port, Path data) implements AutoCloseable {
    static final String USER = "ada";
    static final String PASSWORD = "quiet harbour kite 7";

    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123";
    private static final String REDIRECT = "http://127.0.0.1/callback";

    static WholeServer start(Path data) {
        PortholeServer server = PortholeServer.start(
                new ServerSettings(data, "127.0.0.1", 0, null, "localhost", ServerSettings.LogLevel.warn),
                false,
                new StandardComposition(Map.of("PORTHOLE_ADMIN_USER", USER, "PORTHOLE_ADMIN_PASSWORD", PASSWORD)),
                LeaseCount.unlimited());
        return new WholeServer(server, new PublicPort(server.address().getPort()), data);
    }

    String issuer() {
        return "http://localhost:" + port.port();
    }

    /** Somebody with a browser of their own, who has the account. */
    PageWalker person() {
        return new PageWalker(port, USER, PASSWORD);
    }

    /** Tokens of the data folder's owner, who administers the server: no form has to be filled in. */
    JsonNode ownersTokens() throws Exception {
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

    @Override
    public void close() {
        server.close();
    }
}
