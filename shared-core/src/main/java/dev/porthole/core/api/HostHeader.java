package dev.porthole.core.api;

/** Which {@code Host} an app sees. */
public enum HostHeader {
    /** The one that the visitor sent. */
    visitor,

    /**
     * The endpoint's own, for apps that refuse other names (development servers do, against DNS rebinding).
     * {@code Origin} and {@code Referer} that name the public address, and {@code Location} that names the endpoint,
     * are rewritten with it.
     */
    localhost
}
