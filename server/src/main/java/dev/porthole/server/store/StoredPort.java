package dev.porthole.server.store;

/**
 * A tunnel's own port.
 *
 * @param number 1-65535; no two tunnels have the same
 * @param visibleInNetwork whether other computers of this network may come to it
 */
public record StoredPort(int number, boolean visibleInNetwork) {}
