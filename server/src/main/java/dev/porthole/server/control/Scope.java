package dev.porthole.server.control;

import java.util.Arrays;
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
    /** What people do with their own account; no key has it. */
    ACCOUNT_WRITE("account:write"),
    /** What administrators do; no key has it. */
    ADMIN("admin");

    /** What an external connector's own credential may do, for its own connector. */
    static final Set<Scope> OF_CONNECTORS = Set.of(CONNECTORS_BEAT, CONNECT);

    /** What only a signed-in person may do. */
    static final Set<Scope> OF_PEOPLE = Set.of(ACCOUNT_WRITE, ADMIN);

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** As in a key's scopes and in the OpenAPI document. */
    public String text() {
        return text;
    }

    /** All scopes, for a key that may do in its project what its maker may. */
    public static Set<String> all() {
        return Arrays.stream(values())
                .filter(scope -> !OF_PEOPLE.contains(scope))
                .map(Scope::text)
                .collect(Collectors.toUnmodifiableSet());
    }
}
