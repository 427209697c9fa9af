package dev.porthole.core.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Someone who belongs to an organization.
 *
 * @param user the person's id
 */
public record Member(String user, String name, @Nullable String email, Role role, Instant since) {}
