package dev.porthole.server.control;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an API key may be allowed to do. A signed-in person may do all of it in the projects that are theirs. */
public enum Scope {
    ACCOUNT_READ("account:read"),
    PROJECTS_READ("projects:read"),
    PROJECTS_WRITE("projects:write"),
    TUNNELS_READ("tunnels:read"),
    TUNNELS_WRITE("tunnels:write"),
    CONNECTORS_READ("connectors:read"),
    CONNECTORS_WRITE("connectors:write"),
    /** An agent's sign of life. */
    CONNECTORS_BEAT("connectors:beat"),
    /** Connect tokens. */
    CONNECT("connect"),
    EVENTS_READ("events:read"),
    AUDIT_READ("audit:read"),
    /** What a connector is to carry; its own credential's, and no key's. */
    CONNECTOR_STATE("connector:state"),
    KEYS_READ("keys:read"),
    KEYS_WRITE("keys:write"),
    MEMBERS_READ("members:read"),
    MEMBERS_WRITE("members:write"),
    /** What people do with their own account; no key has it. */
    ACCOUNT_WRITE("account:write"),
    /** What administrators do; no key has it. */
    ADMIN("admin");

    /**
     * What running tunnels takes: a tunnel's key may do no more, and a key has this unless its maker says otherwise.
     */
    static final Set<Scope> OF_RUNNING_TUNNELS = Set.of(
            ACCOUNT_READ,
            PROJECTS_READ,
            TUNNELS_READ,
            TUNNELS_WRITE,
            CONNECTORS_READ,
            CONNECTORS_WRITE,
            CONNECTORS_BEAT,
            CONNECT,
            EVENTS_READ);

    /**
     * What no program of somebody else's may do for a person, whatever the person may: administer, change the account,
     * and make what would outlive the person's consent, which are keys and other people's membership.
     */
    static final Set<String> OF_NO_APP = Set.of("account:write", "admin", "keys:write", "members:write");

    /** What only a signed-in person may do. */
    static final Set<Scope> OF_PEOPLE = Set.of(ACCOUNT_WRITE, ADMIN);

    /** What a project's key may be given. */
    static final Set<Scope> OF_KEYS = Arrays.stream(values())
            .filter(scope -> !OF_PEOPLE.contains(scope) && scope != CONNECTOR_STATE)
            .collect(Collectors.toUnmodifiableSet());

    /** What an external connector's own credential may do, for its own connector. */
    static final Set<Scope> OF_CONNECTORS = Set.of(CONNECTORS_BEAT, CONNECT, CONNECTOR_STATE);

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** As in a key's scopes and in the OpenAPI document. */
    public String text() {
        return text;
    }

    /** Whether it is only about looking. */
    boolean reads() {
        return text.endsWith(":read");
    }

    /** The scope that a text names. */
    static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }

    /** All scopes that a key can have, for one that may do in its project what its maker may. */
    public static Set<String> all() {
        return OF_KEYS.stream().map(Scope::text).collect(Collectors.toUnmodifiableSet());
    }
}
