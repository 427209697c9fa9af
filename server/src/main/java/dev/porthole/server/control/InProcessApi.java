package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.StoreUnavailableException;
import io.undertow.server.HttpServerExchange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API for the server's own pages: the same routes, so the same scopes, roles, rates, validation, audit and events,
 * without the way over the network. Who calls is who is signed in to the page.
 *
 * <p>Blocking, and safe from any thread.
 */
public final class InProcessApi {
    private final Router router;
    private final ApiRates rates;

    InProcessApi(Router router, ApiRates rates) {
        this.router = router;
        this.rates = rates;
    }

    /** Whether there is such a route: a page shows nothing that leads nowhere. */
    public boolean offers(String method, String template) {
        return route(method, template).isPresent();
    }

    /**
     * Calls a route that answers with JSON or with nothing.
     *
     * @param address the caller's, for the audit trail
     */
    public ApiResult call(Principal caller, ApiRequest request, @Nullable String address) {
        try {
            return switch (answer(caller, request, address, Map.of())) {
                case Answer.Json json -> new ApiResult.Done(json.status(), json.body());
                case Answer.Stored stored ->
                    new ApiResult.Done(stored.status(), new ApiResult.StoredJson(stored.json()));
                case Answer.NoContent() -> new ApiResult.Done(204, null);
                default -> throw new IllegalArgumentException(request.template() + ": streams its answer");
            };
        } catch (ProblemException refused) {
            return new ApiResult.Refused(refused.problem());
        } catch (StoreUnavailableException away) {
            return new ApiResult.Refused(ProblemException.unavailable(away).problem());
        }
    }

    /**
     * Calls a route and sends its answer as the API would, streams too.
     *
     * @param lastEventId where an event stream goes on
     */
    public void send(
            HttpServerExchange exchange,
            Principal caller,
            ApiRequest request,
            @Nullable String address,
            @Nullable String lastEventId) {
        try {
            Map<String, String> headers = lastEventId == null ? Map.of() : Map.of("last-event-id", lastEventId);
            ApiHandler.write(exchange, answer(caller, request, address, headers));
        } catch (ProblemException refused) {
            ApiHandler.send(exchange, refused);
        } catch (StoreUnavailableException away) {
            ApiHandler.send(exchange, ProblemException.unavailable(away));
        }
    }

    private Answer answer(Principal caller, ApiRequest request, @Nullable String address, Map<String, String> more) {
        Route route = route(request.method(), request.template())
                .orElseThrow(() -> new IllegalArgumentException(
                        request.method() + " " + request.template() + " (expected: a route of the API)"));
        rates.admit(caller.credential(), address);
        if (route.scope() != null) {
            Access.requireScope(caller, route.scope());
        }
        Map<String, String> headers = new HashMap<>(more);
        if (request.idempotencyKey() != null) {
            headers.put("idempotency-key", request.idempotencyKey());
        }
        return route.handler()
                .handle(new Call(
                        caller,
                        request.method(),
                        named(route.parameters(), request.path()),
                        request.query(),
                        headers,
                        request.body() == null ? "" : ApiJson.STRICT.writeValueAsString(request.body()),
                        address,
                        route.scope()));
    }

    private Optional<Route> route(String method, String template) {
        return router.routes().stream()
                .filter(route ->
                        route.method().equals(method) && route.template().equals(template))
                .findFirst();
    }

    private static Map<String, String> named(List<String> names, List<String> values) {
        if (names.size() != values.size()) {
            throw new IllegalArgumentException("path: " + values.size() + " values (expected: " + names + ")");
        }
        Map<String, String> path = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            path.put(names.get(i), values.get(i));
        }
        return path;
    }
}
