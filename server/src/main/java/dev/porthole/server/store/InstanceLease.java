package dev.porthole.server.store;

import java.time.Instant;

/** How long one running agent of a connector counts as alive, on the server's clock. */
public record InstanceLease(String connector, String instance, String agentVersion, Instant expiresAt) {}
