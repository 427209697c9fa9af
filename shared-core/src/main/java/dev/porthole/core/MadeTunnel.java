package dev.porthole.core;

/**
 * The tunnel of an endpoint.
 *
 * @param isNew whether it was made now; otherwise the project had it, and it is as it was
 */
public record MadeTunnel(TunnelState state, boolean isNew) {}
