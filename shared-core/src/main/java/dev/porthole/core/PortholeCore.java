package dev.porthole.core;

import dev.porthole.core.config.PortholeHome;

/** The façade's implementation. */
final class PortholeCore {
    private PortholeCore() {}

    static Porthole open(PortholeHome home, Porthole.Options options) throws PortholeException {
        if (!home.config().isAbsolute()) {
            throw new PortholeException(
                    PortholeException.Kind.WRONG_USE, home.config() + " (expected: an absolute path)");
        }
        throw new PortholeException(
                PortholeException.Kind.FAILED, "Opening " + home.config() + " is not done yet: " + options);
    }
}
