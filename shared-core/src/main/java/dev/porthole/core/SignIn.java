package dev.porthole.core;

import dev.porthole.core.api.User;
import java.net.URI;

/** Who is signed in, and where. */
public sealed interface SignIn {
    /** Nobody, and nothing is under way. */
    record SignedOut() implements SignIn {}

    /** The browser is open, or the code is being redeemed. */
    record SigningIn(URI server) implements SignIn {}

    /**
     * Signed in, but the server no longer takes the tokens: one has to sign in again.
     *
     * @param embedded whether the server is this computer's own, which needs no browser
     */
    record Expired(URI server, User user, boolean embedded) implements SignIn {}

    /**
     * Signed in.
     *
     * @param embedded whether the server is this computer's own
     * @param tokenStore how the tokens are kept, in words for people: "in the keychain", "protected by file permissions
     *     only"
     */
    record SignedIn(URI server, User user, boolean embedded, String tokenStore) implements SignIn {}
}
