package dev.porthole.core;

import dev.porthole.core.api.User;
import java.net.URI;

/**
 * Someone who signed in on this computer and did not sign out.
 *
 * @param embedded whether the server is this computer's own
 * @param active whether it is who is signed in now
 * @param ended whether the server took the sign-in no more when it was last used
 */
public record KnownSignIn(URI server, User user, boolean embedded, boolean active, boolean ended) {}
