package dev.porthole.server.control;

import dev.porthole.core.api.Discovery;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.store.Store;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What everyone may ask of the server without a key: what it is, and whether it is well. */
final class ServerResources implements Resource {
    /** Whether the server is well: {@code up}. */
    record Health(String status) {}

    private static final Health UP = new Health("up");

    private final Discovery discovery;
    private final Store store;
    private final BooleanSupplier serving;

    /** @param serving whether new work is welcome: false while the server stops */
    ServerResources(Discovery discovery, Store store, BooleanSupplier serving) {
        this.discovery = discovery;
        this.store = store;
        this.serving = serving;
    }

    @Override
    public List<Route> routes() {
        Output health = Output.one(200, Health.class);
        return List.of(
                Route.get(
                        "/api",
                        null,
                        "What this server is",
                        Output.one(200, Discovery.class),
                        call -> new Answer.Json(
                                200, discovery, Map.of("Link", "<" + API + "/openapi.json>; rel=\"service-desc\""))),
                Route.get("/health", null, "Whether the server is well", health, call -> ready()),
                Route.get("/health/live", null, "Whether the process answers", health, call -> Answer.ok(UP)),
                Route.get("/health/ready", null, "Whether the server takes work", health, call -> ready()));
    }

    private Answer ready() {
        if (serving.getAsBoolean() && databaseAnswers()) {
            return Answer.ok(UP);
        }
        throw ProblemException.of(503, "not-ready", "The server is not ready", "try again in a moment");
    }

    private boolean databaseAnswers() {
        try {
            return store.answers();
        } catch (RuntimeException broken) {
            return false;
        }
    }
}
