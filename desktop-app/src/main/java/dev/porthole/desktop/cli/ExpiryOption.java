package dev.porthole.desktop.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When something ends by itself. */
final class ExpiryOption {
    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Moment.Reader.class,
            description = "When it ends by itself: " + Moment.EXPECTED + "; or never.")
    private @Nullable Moment expires;

    /** Whether anything was said. */
    boolean given() {
        return expires != null;
    }

    /** The moment; empty for never, or if nothing was said. */
    Optional<Instant> of(InstantSource clock) {
        return expires == null ? Optional.empty() : expires.after(clock);
    }
}
