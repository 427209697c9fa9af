package dev.porthole.core.api;

/**
 * The body of {@code POST /projects/{project}/tunnels/{tunnel}/move}.
 *
 * @param project the id of the one that it goes to
 */
public record TunnelMove(String project) {}
