package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /organizations/{organization}/invitations}.
 *
 * @param expiresAt in 30 days at most; in 7, if absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InvitationRequest(
        Role role, @Nullable String email, @Nullable Instant expiresAt) {}
