package dev.porthole.core.update;

import java.net.URI;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A release that is newer than this one, and vouched for.
 *
 * @param page an https address where a person reads about it and gets it
 */
public record Release(
        SemanticVersion version, Channel channel, @Nullable LocalDate published, URI page) {}
