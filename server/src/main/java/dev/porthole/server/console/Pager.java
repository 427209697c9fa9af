package dev.porthole.server.console;

import org.jspecify.annotations.Nullable;

/**
 * How much of a list a page shows.
 *
 * @param next the address of what follows; absent at the end
 * @param first the address of the beginning; absent there
 */
public record Pager(
        int shown,
        long total,
        @Nullable String next,
        @Nullable String first) {}
