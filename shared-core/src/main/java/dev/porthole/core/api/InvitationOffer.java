package dev.porthole.core.api;

import java.time.Instant;

/** What an invitation offers to whoever has its link. */
public record InvitationOffer(Organization organization, Role role, Instant expiresAt) {}
