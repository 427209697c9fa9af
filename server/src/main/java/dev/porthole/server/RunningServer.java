package dev.porthole.server;

import dev.porthole.core.api.Project;
import dev.porthole.server.admin.AdminCommands;
import dev.porthole.server.control.ControlPlane;
import dev.porthole.server.control.Scope;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a running server does for its owner over the admin socket. */
final class RunningServer implements AdminCommands {
    private static final int SHOWN = 20;

    private final Store store;
    private final IdentitySide identity;
    private final ControlPlane control;
    private final URI address;
    private final LeaseCount leases;

    RunningServer(Store store, IdentitySide identity, ControlPlane control, URI address, LeaseCount leases) {
        this.store = store;
        this.identity = identity;
        this.control = control;
        this.address = address;
        this.leases = leases;
    }

    @Override
    public Status status() {
        return new Status(
                ServerVersion.current(),
                address.toString(),
                ProcessHandle.current().pid());
    }

    @Override
    public String ownerCode(String challenge, String redirect) throws RefusedException {
        return identity.ownerCode(challenge, redirect);
    }

    @Override
    public String token(String user, @Nullable String project) throws RefusedException {
        String id = identity.userNamed(user)
                .orElseThrow(() -> new RefusedException("user: " + user + " (expected: an account's name)"));
        // Whoever gets a key this way may never have signed in.
        control.firstProject().signedIn(id);
        Project chosen = choose(id, project);
        return identity.mintKey(id, chosen.id(), "server token", Scope.all());
    }

    private Project choose(String user, @Nullable String wanted) throws RefusedException {
        List<StoredProject> all =
                store.read(handle -> store.projects().listForUser(handle, user, new Slice(null, SHOWN)));
        for (StoredProject project : all) {
            if (wanted == null || project.id().equals(wanted) || project.name().equals(wanted)) {
                return project.toProject();
            }
        }
        throw new RefusedException("project: " + wanted + " (expected: one of "
                + String.join(", ", all.stream().map(StoredProject::name).toList()) + ")");
    }

    @Override
    public AutoCloseable lease() {
        return leases.take();
    }
}
