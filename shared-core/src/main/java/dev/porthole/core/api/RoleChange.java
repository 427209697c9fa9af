package dev.porthole.core.api;

/** The body of {@code PATCH /organizations/{organization}/members/{user}}. */
public record RoleChange(Role role) {}
