package dev.porthole.core.auth;

import dev.porthole.core.api.User;
import java.net.URI;

/**
 * Who signed in on this device, without any secret.
 *
 * @param issuer the authorization server that gave the tokens
 * @param embedded whether the server is this computer's own
 * @param serial changes with each sign-in, so that other processes notice
 * @param ended whether the server took the tokens no more when they were last used
 */
public record Account(URI server, String issuer, User user, boolean embedded, String serial, boolean ended) {
    /** Whether another is the same person at the same server. */
    public boolean isSame(Account other) {
        return server.equals(other.server()) && user.id().equals(other.user().id());
    }

    /** The same, found to be over. */
    public Account asEnded() {
        return new Account(server, issuer, user, embedded, serial, true);
    }
}
