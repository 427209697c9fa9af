package dev.porthole.core.api;

/** Who owns projects. */
public record Organization(String id, String name) {}
