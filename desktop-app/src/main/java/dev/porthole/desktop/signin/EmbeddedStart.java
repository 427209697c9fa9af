package dev.porthole.desktop.signin;

import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;

/** "Use this computer": starts the embedded server, or joins the one that runs. Blocks; interrupting it cancels. */
public interface EmbeddedStart {
    /** Starts or joins it, and signs its owner in. */
    SignIn.SignedIn start() throws PortholeException;

    /** Starts or joins it for a person who chose it before, and whose sign-in is still there. */
    void resume() throws PortholeException;
}
