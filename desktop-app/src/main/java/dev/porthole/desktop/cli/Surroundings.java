package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.desktop.embedded.OwnServer;
import java.util.Map;

/**
 * What a command meets outside itself; a test brings its own.
 *
 * @param environment the process's variables
 * @param home where this user's files are
 * @param core opens the façade
 * @param ownServer joins this computer's own server, or starts it
 * @param browser opens addresses for a sign-in
 * @param version such as {@code 0.1.0}
 * @param window what standard error is shown in
 */
record Surroundings(
        Terminal terminal,
        Map<String, String> environment,
        PortholeHome home,
        Core core,
        OwnServerSource ownServer,
        Porthole.BrowserOpener browser,
        Interrupts interrupts,
        String version,
        Window window) {
    /** Without a window: plain lines. */
    Surroundings(
            Terminal terminal,
            Map<String, String> environment,
            PortholeHome home,
            Core core,
            OwnServerSource ownServer,
            Porthole.BrowserOpener browser,
            Interrupts interrupts,
            String version) {
        this(terminal, environment, home, core, ownServer, browser, interrupts, version, Window.none());
    }

    /** Opens the façade with what holds for this call. */
    @FunctionalInterface
    interface Core {
        Porthole open(Porthole.Options options) throws PortholeException;
    }

    /** Joins this computer's own server, or starts it. */
    @FunctionalInterface
    interface OwnServerSource {
        OwnServer join() throws PortholeException;
    }
}
