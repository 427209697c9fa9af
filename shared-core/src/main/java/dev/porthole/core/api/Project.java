package dev.porthole.core.api;

/** What a tunnel, a connector, an API key and an audit entry belong to. */
public record Project(String id, String name, Organization organization) {}
