package dev.porthole.desktop.embedded;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.config.PortholeHome;

/** PLACEHOLDER until the admin client is merged. */
public final class EmbeddedServer {
    private EmbeddedServer() {}

    public static OwnServer join(PortholeHome home) throws PortholeException {
        throw new PortholeException(Kind.FAILED, "later " + home + ServerProcess.OPTIONS_FOLDER);
    }
}
