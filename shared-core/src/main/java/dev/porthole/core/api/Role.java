package dev.porthole.core.api;

/** What someone is in an organization, and so what they may do in its projects. */
public enum Role {
    /** Everything. */
    owner,
    /** Tunnels, connectors, and keys of their own. */
    member,
    /** Looking, and nothing else. */
    viewer
}
