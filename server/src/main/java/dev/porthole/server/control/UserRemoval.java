package dev.porthole.server.control;

import dev.porthole.core.api.UserAccount;
import dev.porthole.server.audit.Actor;
import dev.porthole.server.audit.AuditTrail;
import dev.porthole.server.identity.People;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredConnector;
import dev.porthole.server.store.StoredTunnel;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Removes people with all that is theirs alone: ways in, and the organizations that have no other owner, with their
 * projects, tunnels, connectors and keys. What they share with other owners stays, and so does the audit trail.
 */
final class UserRemoval {
    private static final Slice ALL = new Slice(null, Integer.MAX_VALUE);

    private final Store store;
    private final People people;
    private final TunnelRemoval tunnels;
    private final ConnectorRemoval connectors;
    private final AuditTrail audit;

    /** What goes with someone. */
    private record Belongings(
            List<String> organizations,
            List<String> projects,
            List<StoredTunnel> tunnels,
            List<StoredConnector> connectors,
            long keys) {
        boolean isEmpty() {
            return projects.isEmpty();
        }

        String words() {
            return Stream.of(
                            count(organizations.size(), "organization"),
                            count(projects.size(), "project"),
                            count(tunnels.size(), "tunnel"),
                            count(connectors.size(), "connector"),
                            count(keys, "key"))
                    .filter(words -> !words.startsWith("0 "))
                    .collect(Collectors.joining(", "));
        }

        private static String count(long number, String what) {
            return number + " " + what + (number == 1 ? "" : "s");
        }
    }

    UserRemoval(Store store, People people, TunnelRemoval tunnels, ConnectorRemoval connectors) {
        this.store = store;
        this.people = people;
        this.tunnels = tunnels;
        this.connectors = connectors;
        this.audit = new AuditTrail(store.audit());
    }

    /**
     * Removes someone.
     *
     * @param confirmed the person's name, if whoever asks knows what goes with them
     * @throws ProblemException 409 that names it, if there is something and the name is not said
     */
    void remove(Handle handle, Actor actor, UserAccount user, @Nullable String confirmed, Instant now) {
        Belongings belongings = belongings(handle, user.id());
        if (!belongings.isEmpty() && !user.name().equals(confirmed)) {
            throw ProblemException.conflict(
                    "user-not-empty",
                    "Things go with this person",
                    "with " + user.name() + " go " + belongings.words() + " (expected: ?confirm=" + user.name() + ")",
                    "confirm");
        }
        // Managed connectors go with their last tunnel.
        belongings.tunnels.forEach(tunnel -> tunnels.remove(handle, actor, tunnel, now));
        for (String project : belongings.projects) {
            store.connectors()
                    .list(handle, project, ALL)
                    .forEach(connector -> connectors.remove(handle, actor, connector, now));
            people.endKeys(handle, project, "its project was deleted");
        }
        people.endEverything(handle, user.id(), "its user was deleted");
        belongings.organizations.forEach(organization -> store.users().deleteOrganization(handle, organization));
        store.users().delete(handle, user.id());
        String with = belongings.words();
        audit.record(
                handle,
                actor,
                null,
                "user.deleted",
                user.id(),
                user.name() + (with.isEmpty() ? "" : ", with " + with),
                now);
    }

    private Belongings belongings(Handle handle, String user) {
        List<String> organizations = store.users().soleOrganizations(handle, user);
        List<String> projects = organizations.stream()
                .flatMap(organization -> store.users().projectsOf(handle, organization).stream())
                .toList();
        return new Belongings(
                organizations,
                projects,
                projects.stream()
                        .flatMap(project -> store.tunnels().list(handle, project, ALL).stream())
                        .toList(),
                projects.stream()
                        .flatMap(project -> store.connectors().list(handle, project, ALL).stream())
                        .toList(),
                projects.stream()
                        .mapToLong(project -> people.keysOf(handle, project))
                        .sum());
    }
}
