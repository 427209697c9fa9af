package dev.porthole.desktop.cli;

import dev.porthole.core.ConnectorInfo;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.Connector;
import java.util.List;

/** Finds the connector that someone means. */
final class Connectors {
    static final String WHICH = "The connector's id, the beginning of it, or its name.";
    private static final int LEAST_OF_ID = 8;

    private Connectors() {}

    /** The active project's connector of this id or name, or whose id alone begins so. Asks the server. */
    static Connector named(Session session, String given) throws PortholeException {
        session.requireSignIn();
        session.requireProject();
        List<Connector> all = session.porthole().connectors().list().stream()
                .map(ConnectorInfo::connector)
                .toList();
        List<Connector> found =
                all.stream().filter(one -> one.id().equals(given)).toList();
        if (found.isEmpty()) {
            found = all.stream().filter(one -> one.name().equals(given)).toList();
        }
        if (found.isEmpty() && given.length() >= LEAST_OF_ID) {
            found = all.stream().filter(one -> one.id().startsWith(given)).toList();
        }
        if (found.size() > 1) {
            throw new PortholeException(
                    Kind.WRONG_USE,
                    "connector: " + given + " (expected: the id of one; " + found.size() + " are called so)");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new PortholeException(
                        Kind.NOT_FOUND,
                        "connector: " + given + " (expected: one that 'porthole connectors list' shows)"));
    }
}
