package dev.porthole.core.api;

import org.jspecify.annotations.Nullable;

/**
 * How much a project may have, and has. A limit that is absent is none; administrators may go beyond.
 *
 * @param tunnels how many it may have
 * @param tunnelsUsed how many it has
 */
public record Quota(
        @Nullable Integer tunnels,
        int tunnelsUsed,
        @Nullable Integer keys,
        int keysUsed,
        @Nullable Integer connectors,
        int connectorsUsed) {}
