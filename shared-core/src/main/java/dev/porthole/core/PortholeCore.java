package dev.porthole.core;

import dev.porthole.core.config.PortholeHome;

/** The façade's implementation. */
final class PortholeCore {
    private PortholeCore() {}

    static Porthole open(PortholeHome home, Porthole.Options options) throws PortholeException {
        throw new PortholeException(
                PortholeException.Kind.FAILED, "Opening " + home.config() + " is not done yet: " + options);
    }
}
