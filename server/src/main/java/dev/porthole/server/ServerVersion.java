package dev.porthole.server;

import java.util.Optional;

/** Which release this is. */
public final class ServerVersion {
    private ServerVersion() {}

    /** As the jar's manifest says; {@code development} when classes are run without one. */
    public static String current() {
        return Optional.ofNullable(ServerVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
