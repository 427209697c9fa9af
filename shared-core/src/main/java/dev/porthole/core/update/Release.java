package dev.porthole.core.update;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A release that is newer than this one, and vouched for.
 *
 * @param page an https address where a person reads about it and gets it
 * @param installers for what kinds of computers it can be fetched
 */
public record Release(
        SemanticVersion version, Channel channel, @Nullable LocalDate published, URI page, List<Installer> installers) {
    public Release {
        installers = List.copyOf(installers);
    }

    /** One that a person gets from its page. */
    public Release(SemanticVersion version, Channel channel, @Nullable LocalDate published, URI page) {
        this(version, channel, published, page, List.of());
    }

    /** The installer for a kind of computer. */
    public Optional<Installer> installerFor(String platform) {
        return installers.stream().filter(it -> it.platform().equals(platform)).findFirst();
    }
}
