package dev.porthole.server.relay;

/** Finds out whether a tunnel really answers. */
public interface Prober {
    /**
     * Sends one request through the public listener to the tunnel's agent and waits for its answer. Blocking: for
     * virtual threads, never an event loop.
     */
    ProbeResult probe(TunnelRoute route);
}
