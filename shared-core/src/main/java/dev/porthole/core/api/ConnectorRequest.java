package dev.porthole.core.api;

/** The body of {@code POST /projects/{project}/connectors}: an external connector, called so. */
public record ConnectorRequest(String name) {}
