package dev.porthole.desktop.signin;

import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;

/** "Use this computer": starts the embedded server, or joins the one that runs, and signs its owner in. */
@FunctionalInterface
public interface EmbeddedStart {
    /** Blocks until signed in; interrupting it cancels. */
    SignIn.SignedIn start() throws PortholeException;
}
