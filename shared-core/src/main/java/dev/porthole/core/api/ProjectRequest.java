package dev.porthole.core.api;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /projects}: a project, called so.
 *
 * @param organization its owner's id; may be left out by who has one organization
 */
public record ProjectRequest(String name, @Nullable String organization) {}
