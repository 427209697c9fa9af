package dev.porthole.server.control;

import dev.porthole.core.api.Quota;
import dev.porthole.server.store.Account;
import dev.porthole.server.store.Store;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How much a project and a person may have. Asked inside the write that adds something: writes stand in line, so what
 * was counted is what there is, however many come at once. Administrators may go beyond.
 */
final class Quotas {
    private final Store store;
    private final ControlLimits limits;

    Quotas(Store store, ControlLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** @throws ProblemException 409 if the project, or the caller's person, has as many as may be */
    void requireTunnel(Handle handle, Call call, String project) {
        requireTunnelIn(handle, call, project);
        call.person().ifPresent(person -> {
            int allowed = limits.tunnelsPerUser();
            long used = allowed == Integer.MAX_VALUE ? 0 : store.tunnels().countOfUser(handle, person, allowed);
            require(handle, call, "tunnels of one person", used, allowed);
        });
    }

    /** @throws ProblemException 409 if the project has as many as may be */
    void requireTunnelIn(Handle handle, Call call, String project) {
        require(handle, call, "tunnels", store.tunnels().count(handle, project), limits.tunnelsPerProject());
    }

    /** @throws ProblemException 409 if the project has as many as may be */
    void requireKey(Handle handle, Call call, String project) {
        require(handle, call, "keys", store.keys().count(handle, project), limits.keysPerProject());
    }

    /** @throws ProblemException 409 if the project has as many as may be */
    void requireConnector(Handle handle, Call call, String project) {
        require(handle, call, "connectors", store.connectors().count(handle, project), limits.connectorsPerProject());
    }

    private void require(Handle handle, Call call, String what, long used, int allowed) {
        if (used >= allowed && !administrator(handle, call)) {
            throw ProblemException.of(
                    409,
                    "quota-exceeded",
                    "There are as many as may be",
                    what + ": " + used + " used (expected: less than the " + allowed + " that are allowed)");
        }
    }

    private boolean administrator(Handle handle, Call call) {
        return call.person()
                .flatMap(person -> store.users().find(handle, person))
                .filter(Account::administrator)
                .isPresent();
    }

    Quota of(Handle handle, String project) {
        return new Quota(
                orNone(limits.tunnelsPerProject()),
                (int) store.tunnels().count(handle, project),
                orNone(limits.keysPerProject()),
                (int) store.keys().count(handle, project),
                orNone(limits.connectorsPerProject()),
                (int) store.connectors().count(handle, project));
    }

    private static @Nullable Integer orNone(int limit) {
        return limit == Integer.MAX_VALUE ? null : (Integer) limit;
    }
}
