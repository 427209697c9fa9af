package dev.porthole.core.webhook;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GitHub's API as far as an app's webhook goes: takes what is signed by the app's key and nothing else. */
final class FakeGitHub implements AutoCloseable {
    /** An answer in the place of the real one. */
    record Answer(int status, String body, Map<String, String> fields) {}

    private final HttpServer server;
    private final String app;
    private final RSAPublicKey key;
    private final InstantSource clock;
    private final BlockingQueue<JsonNode> configs = new LinkedBlockingQueue<>();
    final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();

    FakeGitHub(String app, RSAPublicKey key, InstantSource clock) throws IOException {
        this.app = app;
        this.key = key;
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v3/app/hook/config", this::hookConfig);
        server.start();
    }

    String api() {
        return "http://localhost:" + server.getAddress().getPort() + "/api/v3/";
    }

    /** The next configuration that was taken. */
    JsonNode nextConfig() throws InterruptedException {
        JsonNode config = configs.poll(20, TimeUnit.SECONDS);
        if (config == null) {
            throw new AssertionError("no configuration was set");
        }
        return config;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void hookConfig(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Answer forced = answers.poll();
        if (forced != null) {
            forced.fields().forEach(exchange.getResponseHeaders()::set);
            answer(exchange, forced.status(), forced.body());
        } else if (!exchange.getRequestMethod().equals("PATCH")
                || exchange.getRequestHeaders().getFirst("User-Agent") == null
                || !"application/vnd.github+json"
                        .equals(exchange.getRequestHeaders().getFirst("Accept"))) {
            answer(exchange, 400, "{\"message\": \"not as the documentation says\"}");
        } else if (!isApp(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"message\": \"A JSON web token could not be decoded\"}");
        } else {
            configs.add(JsonMapper.shared().readTree(body));
            answer(exchange, 200, new String(body, StandardCharsets.UTF_8));
        }
    }

    private boolean isApp(String authorization) {
        try {
            SignedJWT token = SignedJWT.parse(authorization.replaceFirst("^Bearer ", ""));
            Instant now = clock.instant();
            Instant issued = token.getJWTClaimsSet().getIssueTime().toInstant();
            Instant ends = token.getJWTClaimsSet().getExpirationTime().toInstant();
            return token.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
                    && token.verify(new RSASSAVerifier(key))
                    && app.equals(token.getJWTClaimsSet().getIssuer())
                    && !issued.isAfter(now.minus(Duration.ofSeconds(59)))
                    && ends.isAfter(now)
                    && ends.isBefore(now.plus(Duration.ofMinutes(10)));
        } catch (java.text.ParseException | com.nimbusds.jose.JOSEException | RuntimeException bad) {
            return false;
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
