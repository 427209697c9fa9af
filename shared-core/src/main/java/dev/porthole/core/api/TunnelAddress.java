package dev.porthole.core.api;

/** What tells a tunnel's visitors from those of the others. */
public enum TunnelAddress {
    /** A name of its own: {@code http://happy-panda-dancing.localhost:8080}. Needs HTTP. */
    name,
    /** A port of its own: {@code tcp://127.0.0.1:20007}. A TCP tunnel has no other. */
    port
}
