package dev.porthole.core.api;

/** The body of {@code PUT /projects/{project}/connectors/managed/{device}}: repeating it changes nothing. */
public record ConnectorRegistration(String name) {}
