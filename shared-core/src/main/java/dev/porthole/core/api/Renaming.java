package dev.porthole.core.api;

/** The body that gives an organization or a project its name, or another one. */
public record Renaming(String name) {}
