package dev.porthole.core;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import dev.porthole.core.api.ApiJson;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A small server of our own for tests: it speaks OAuth with real ES256 tokens, and as much of the REST API as a test
 * gives it. It refuses what a real one refuses.
 */
public final class TestControlPlane implements AutoCloseable {
    /** Answers a call of the API whose token is good. */
    public interface Route {
        void answer(HttpServerExchange exchange, byte[] body) throws Exception;
    }

    private record Code(
            String redirectUri, String challenge, @Nullable String nonce) {}

    /** What was called, in order: {@code PUT /api/v1/...}. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    /** The last request's headers of each call. */
    public final Map<String, Map<String, String>> headers = new ConcurrentHashMap<>();

    /** What came to the browser's eyes: the pages that ended a sign-in. */
    public final LinkedBlockingQueue<String> pages = new LinkedBlockingQueue<>();

    public final Set<String> revoked = ConcurrentHashMap.newKeySet();
    public volatile Consumer<JWTClaimsSet.Builder> idTokenChange = _ -> {};
    public volatile UnaryOperator<Map<String, String>> redirectChange = parameters -> parameters;
    public volatile long accessSeconds = 600;
    public volatile boolean refuseRefresh;

    /** What a device hears when it asks, until this is empty: then it gets tokens. */
    public final LinkedBlockingQueue<String> deviceErrors = new LinkedBlockingQueue<>();

    public volatile @Nullable ECKey signWith;

    private final ECKey key;
    private final Undertow undertow;
    private volatile URI base;
    private volatile @Nullable Route otherwise;
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
    private final Set<String> accessTokens = ConcurrentHashMap.newKeySet();

    public TestControlPlane() throws Exception {
        key = newKey();
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", new BlockingHandler(this::handle))
                .setIoThreads(1)
                .setWorkerThreads(16)
                .build();
        undertow.start();
        int port = ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
        base = URI.create("http://localhost:" + port);
        route(
                "GET /api/v1/me",
                (exchange, _) -> json(
                        exchange,
                        200,
                        Map.of("id", "usr_1", "name", "Ada", "email", "ada@example.com", "administrator", false)));
    }

    public static ECKey newKey() throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    }

    public URI base() {
        return base;
    }

    /** The port that it listens on. */
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
    }

    /** Calls itself this from now on: something stands in front of it. */
    public void behind(URI front) {
        base = front;
    }

    /** Answers the calls that have no route of their own. */
    public void otherwise(Route route) {
        otherwise = route;
    }

    /** Answers {@code METHOD /path}; the path without its query. */
    public TestControlPlane route(String methodAndPath, Route route) {
        synchronized (routes) {
            routes.put(methodAndPath, route);
        }
        return this;
    }

    /** Ends every access token, as a server does whose tokens were revoked. */
    public void endAccessTokens() {
        accessTokens.clear();
    }

    /** A code for the owner, as the admin socket gives it. */
    public String ownerCode(String challenge, URI redirect) {
        String code = UUID.randomUUID().toString();
        codes.put(code, new Code(redirect.toString(), challenge, null));
        return code;
    }

    /** What a person's browser does: follows the redirect and shows the page. Returns at once. */
    public boolean browse(URI address) {
        Thread _ = Thread.ofVirtual().start(() -> {
            try (HttpClient browser = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.ALWAYS)
                    .build()) {
                HttpResponse<String> page =
                        browser.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
                pages.add(page.statusCode() + " " + page.body());
            } catch (Exception failed) {
                pages.add(failed.toString());
            }
        });
        return true;
    }

    public static void json(HttpServerExchange exchange, int status, Object body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, status < 400 ? "application/json" : "application/problem+json");
        exchange.getResponseSender().send(ApiJson.STRICT.writeValueAsString(body));
    }

    public static void problem(HttpServerExchange exchange, int status, String title, String detail) {
        json(exchange, status, Map.of("type", "/problems/test", "title", title, "status", status, "detail", detail));
    }

    @Override
    public void close() {
        undertow.stop();
    }

    private void handle(HttpServerExchange exchange) throws Exception {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestPath();
        byte[] body = exchange.getInputStream().readAllBytes();
        calls.add(call);
        Map<String, String> given = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach(field -> given.put(field.getHeaderName().toString(), field.getFirst()));
        headers.put(call, given);
        switch (call) {
            case "GET /api" ->
                json(
                        exchange,
                        200,
                        Map.of(
                                "product",
                                "porthole",
                                "version",
                                "0.1.0",
                                "issuer",
                                base.toString(),
                                "api",
                                base + "/api/v1",
                                "capabilities",
                                List.of(),
                                "newer",
                                true));
            case "GET /.well-known/openid-configuration" -> json(exchange, 200, configuration());
            case "GET /jwks" -> json(exchange, 200, new JWKSet(key).toJSONObject(true));
            case "GET /authorize" -> authorize(exchange);
            case "POST /token" -> token(exchange, form(body));
            case "POST /device" ->
                json(
                        exchange,
                        200,
                        Map.of(
                                "device_code",
                                "dc-1",
                                "user_code",
                                "BCDF-GHJK",
                                "verification_uri",
                                base + "/device",
                                "expires_in",
                                600,
                                "interval",
                                5));
            case "POST /revoke" -> {
                revoked.add(form(body).get("token"));
                exchange.setStatusCode(200);
            }
            default -> api(exchange, call, body);
        }
    }

    private Map<String, Object> configuration() {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("issuer", base.toString());
        configuration.put("authorization_endpoint", base + "/authorize");
        configuration.put("token_endpoint", base + "/token");
        configuration.put("revocation_endpoint", base + "/revoke");
        configuration.put("device_authorization_endpoint", base + "/device");
        configuration.put("jwks_uri", base + "/jwks");
        configuration.put("subject_types_supported", List.of("public"));
        configuration.put("response_types_supported", List.of("code"));
        configuration.put("id_token_signing_alg_values_supported", List.of("ES256"));
        configuration.put("authorization_response_iss_parameter_supported", true);
        return configuration;
    }

    private void authorize(HttpServerExchange exchange) {
        Map<String, String> query = form(exchange.getQueryString().getBytes(StandardCharsets.UTF_8));
        String redirectUri = query.getOrDefault("redirect_uri", "");
        String challenge = query.getOrDefault("code_challenge", "");
        boolean good = "code".equals(query.get("response_type"))
                && "porthole-desktop".equals(query.get("client_id"))
                && "S256".equals(query.get("code_challenge_method"))
                && "select_account".equals(query.get("prompt"))
                && redirectUri.matches("http://127\\.0\\.0\\.1:[0-9]+/callback")
                && challenge.length() == 43
                && query.getOrDefault("nonce", "").length() >= 22
                && query.getOrDefault("state", "").length() >= 22;
        if (!good) {
            exchange.setStatusCode(400);
            exchange.getResponseSender().send("bad authorization request");
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new Code(redirectUri, challenge, query.get("nonce")));
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("code", code);
        answer.put("state", query.get("state"));
        answer.put("iss", base.toString());
        StringBuilder location = new StringBuilder(redirectUri).append('?');
        redirectChange
                .apply(answer)
                .forEach((name, value) -> location.append(name)
                        .append('=')
                        .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8))
                        .append('&'));
        exchange.setStatusCode(302);
        exchange.getResponseHeaders().put(Headers.LOCATION, location.substring(0, location.length() - 1));
    }

    private void token(HttpServerExchange exchange, Map<String, String> form) throws Exception {
        if ("authorization_code".equals(form.get("grant_type"))) {
            Code code = codes.remove(String.valueOf(form.get("code")));
            if (code == null
                    || !code.redirectUri().equals(form.get("redirect_uri"))
                    || !code.challenge().equals(s256(String.valueOf(form.get("code_verifier"))))) {
                json(exchange, 400, Map.of("error", "invalid_grant", "error_description", "the code is no good"));
                return;
            }
            json(exchange, 200, tokens(code.nonce(), true));
        } else if ("dc-1".equals(form.get("device_code"))) {
            String error = deviceErrors.poll();
            if (error == null) {
                json(exchange, 200, tokens(null, true));
            } else {
                json(exchange, 400, Map.of("error", error));
            }
        } else if (!refuseRefresh && refreshTokens.remove(String.valueOf(form.get("refresh_token")))) {
            json(exchange, 200, tokens(null, false));
        } else {
            json(exchange, 400, Map.of("error", "invalid_grant", "error_description", "the refresh token is no good"));
        }
    }

    private Map<String, Object> tokens(@Nullable String nonce, boolean withIdToken) throws Exception {
        String access = "at-" + UUID.randomUUID();
        String refresh = "rt-" + UUID.randomUUID();
        accessTokens.add(access);
        refreshTokens.add(refresh);
        Map<String, Object> tokens = new LinkedHashMap<>();
        tokens.put("access_token", access);
        tokens.put("token_type", "Bearer");
        tokens.put("expires_in", accessSeconds);
        tokens.put("refresh_token", refresh);
        if (withIdToken) {
            tokens.put("id_token", idToken(access, nonce));
        }
        return tokens;
    }

    private String idToken(String access, @Nullable String nonce) throws Exception {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(base.toString())
                .subject("usr_1")
                .audience("porthole-desktop")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim("nonce", nonce)
                .claim(
                        "at_hash",
                        AccessTokenHash.compute(new BearerAccessToken(access), JWSAlgorithm.ES256, null)
                                .getValue());
        idTokenChange.accept(claims);
        ECKey signer = signWith == null ? key : signWith;
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), claims.build());
        jwt.sign(new ECDSASigner(signer));
        return jwt.serialize();
    }

    private void api(HttpServerExchange exchange, String call, byte[] body) throws Exception {
        String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        boolean known = authorization != null
                && (authorization.equals("Bearer key-1")
                        || accessTokens.contains(authorization.substring("Bearer ".length())));
        if (!known) {
            exchange.getResponseHeaders().put(new HttpString("WWW-Authenticate"), "Bearer error=\"invalid_token\"");
            problem(exchange, 401, "Not signed in", "the token is no good");
            return;
        }
        Route route;
        synchronized (routes) {
            route = routes.getOrDefault(call, otherwise);
        }
        if (route == null) {
            problem(exchange, 404, "Not found", "nothing at " + call);
        } else {
            route.answer(exchange, body);
        }
    }

    private static String s256(String verifier) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Map<String, String> form(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && seen.add(pair.substring(0, equals))) {
                fields.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }
}
