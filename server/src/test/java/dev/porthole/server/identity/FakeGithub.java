package dev.porthole.server.identity;

import dev.porthole.server.config.ProviderSettings;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** GitHub Enterprise Server's part of the documented API that a sign-in uses. */
final class FakeGithub extends FakeProvider {
    volatile String user = "{\"id\":583231,\"login\":\"octocat\",\"name\":\"The Octocat\",\"email\":null}";
    volatile String emails = "[{\"email\":\"other@example.com\",\"primary\":false,\"verified\":true},"
            + "{\"email\":\"octocat@example.com\",\"primary\":true,\"verified\":true}]";

    ProviderSettings settings(String allowed) {
        return new ProviderSettings(
                "github",
                ProviderSettings.Kind.GITHUB,
                "GitHub",
                URI.create(base),
                CLIENT,
                SECRET,
                Set.of(),
                Set.of(allowed));
    }

    @Override
    void mount(RoutingHandler routes) {
        routes.post("/login/oauth/access_token", exchange -> {
                    // Documented: a wrong code is told with status 200.
                    json(
                            exchange,
                            200,
                            redeem(exchange) == null
                                    ? "{\"error\":\"bad_verification_code\"}"
                                    : "{\"access_token\":\"gho_1\",\"token_type\":\"bearer\",\"scope\":\"read:user,user:email\"}");
                })
                .get("/api/v3/user", exchange -> api(exchange, user))
                .get("/api/v3/user/emails", exchange -> api(exchange, emails));
    }

    private void api(HttpServerExchange exchange, String body) {
        boolean allowed = "Bearer gho_1".equals(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION));
        json(exchange, allowed ? 200 : 401, allowed ? body : "{\"message\":\"Bad credentials\"}");
    }

    @Override
    boolean isOurClient(HttpServerExchange exchange, Map<String, List<String>> form) {
        return WebRequest.field(form, "client_id").equals(CLIENT)
                && WebRequest.field(form, "client_secret").equals(SECRET);
    }
}
