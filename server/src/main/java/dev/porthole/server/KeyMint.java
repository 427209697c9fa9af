package dev.porthole.server;

import dev.porthole.core.api.Project;
import dev.porthole.server.admin.AdminCommands.RefusedException;
import dev.porthole.server.control.FirstProject;
import dev.porthole.server.control.Scope;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes API keys for whoever owns the data folder, with the server running or not. */
record KeyMint(Store store, IdentitySide identity, FirstProject firstProject) {
    private static final int SHOWN = 20;

    /** A fresh key of a user for a project; the user's first one, if none is named. */
    String token(String user, @Nullable String project) throws RefusedException {
        String id = identity.userNamed(user)
                .orElseThrow(() -> new RefusedException("user: " + user + " (expected: an account's name)"));
        // Whoever gets a key this way may never have signed in.
        firstProject.signedIn(id);
        return identity.mintKey(id, choose(id, project).id(), "server token", Scope.all());
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
}
