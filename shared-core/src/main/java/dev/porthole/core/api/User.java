package dev.porthole.core.api;

import org.jspecify.annotations.Nullable;

/** A person's account on a server. */
public record User(String id, String name, @Nullable String email, boolean administrator) {}
