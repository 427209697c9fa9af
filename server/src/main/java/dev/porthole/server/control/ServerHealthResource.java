package dev.porthole.server.control;

import dev.porthole.core.api.ServerHealth;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.store.DatabaseFacts;
import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How the server is, for administrators. */
final class ServerHealthResource implements Resource {
    private final Store store;
    private final Access access;
    private final Readiness readiness;
    private final Scheduler scheduler;
    private final String version;
    private final Instant startedAt;

    /** @param version this release's */
    ServerHealthResource(Store store, Access access, Readiness readiness, Scheduler scheduler, String version) {
        this.store = store;
        this.access = access;
        this.readiness = readiness;
        this.scheduler = scheduler;
        this.version = version;
        this.startedAt = scheduler.now();
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                API + "/admin/health",
                Scope.ADMIN,
                "How the server is",
                Output.one(200, ServerHealth.class),
                this::health));
    }

    private Answer health(Call call) {
        access.requireAdministrator(call.principal());
        long tunnels = store.read(handle -> store.tunnels().countAll(handle));
        DatabaseFacts facts = store.facts();
        Runtime machine = Runtime.getRuntime();
        return Answer.ok(new ServerHealth(
                version,
                startedAt,
                facts.product(),
                facts.bytes(),
                facts.schema(),
                Duration.between(startedAt, scheduler.now()).toSeconds(),
                readiness.sessions(),
                tunnels,
                machine.totalMemory() - machine.freeMemory()));
    }
}
