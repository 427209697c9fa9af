package dev.porthole.core.tunnel;

/**
 * This installation, as the server is told of it.
 *
 * @param id its own id
 * @param name what people call it: the computer's name
 * @param version Porthole's, such as {@code 0.1.0}
 */
public record Device(String id, String name, String version) {}
