package dev.porthole.core;

/**
 * How an endpoint is reached from outside. No secret is in it.
 *
 * @param connected whether Porthole carries it now
 * @param publicUrl its address: the owner's own, or the tunnel's
 * @param hasCredential whether this computer keeps a credential to connect with
 */
public record PublicStatus(boolean connected, String publicUrl, boolean hasCredential) {}
