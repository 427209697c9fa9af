package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the two providers of the tests have in common: a listener, codes for one use, and PKCE that is checked. */
abstract class FakeProvider implements AutoCloseable {
    static final String CLIENT = "porthole-client";
    static final String SECRET = "the client's own secret";

    private final Undertow undertow;
    private final Map<String, Map<String, List<String>>> asked = new ConcurrentHashMap<>();
    final String base;
    /** The path and body that requests get instead of the right answer. */
    final Map<String, String> instead = new ConcurrentHashMap<>();

    FakeProvider() {
        RoutingHandler routes = new RoutingHandler();
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(new BlockingHandler(routes))
                .build();
        undertow.start();
        base = "http://127.0.0.1:"
                + ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
        mount(routes);
    }

    abstract void mount(RoutingHandler routes);

    /** The person says yes to a browser that was sent here: where it is sent back to. */
    URI consent(URI authorization) {
        Map<String, List<String>> request = URLUtils.parseParameters(authorization.getRawQuery());
        String code = OpaqueToken.next("");
        asked.put(code, request);
        Map<String, List<String>> answer = new LinkedHashMap<>();
        answer.put("code", List.of(code));
        answer.put("state", request.getOrDefault("state", List.of()));
        return URI.create(WebRequest.field(request, "redirect_uri") + "?" + URLUtils.serializeParameters(answer));
    }

    /** The request of a code, which is spent; null if the code, its verifier, its redirect or the client is wrong. */
    @Nullable
    Map<String, List<String>> redeem(HttpServerExchange exchange) throws IOException {
        Map<String, List<String>> form =
                URLUtils.parseParameters(new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, List<String>> request = asked.remove(WebRequest.field(form, "code"));
        if (request == null) {
            return null;
        }
        String challenge = CodeChallenge.compute(
                        CodeChallengeMethod.S256, new CodeVerifier(WebRequest.field(form, "code_verifier")))
                .getValue();
        boolean right = challenge.equals(WebRequest.field(request, "code_challenge"))
                && WebRequest.field(request, "redirect_uri").equals(WebRequest.field(form, "redirect_uri"))
                && isOurClient(exchange, form);
        return right ? request : null;
    }

    abstract boolean isOurClient(HttpServerExchange exchange, Map<String, List<String>> form);

    void json(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(instead.getOrDefault(exchange.getRequestPath(), body));
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
