package dev.porthole.server.relay;

import dev.porthole.core.api.Endpoint;

/** What the edge knows of a tunnel: enough to decide about a visitor without asking anyone. */
public record TunnelRoute(String tunnel, String project, String name, Endpoint endpoint, boolean enabled) {}
