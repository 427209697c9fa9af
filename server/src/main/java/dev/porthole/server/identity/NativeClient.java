package dev.porthole.server.identity;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The client that every server knows: the desktop app with its command line, public and first-party (RFC 8252). */
final class NativeClient {
    static final String ID = "porthole-desktop";
    static final Set<String> SCOPES = Set.of("openid", "profile", "email", "offline_access");

    /** The redirect as it is registered; a browser is sent to it with a port only, an owner's code to nowhere. */
    static final String REGISTERED_REDIRECT = "http://127.0.0.1/callback";

    static final RegisteredClient CLIENT =
            new RegisteredClient(ID, "Porthole", List.of(REGISTERED_REDIRECT), true, Instant.EPOCH);

    private NativeClient() {}

    /** Whether a code may be sent there. */
    static boolean owns(String redirectUri) {
        return CLIENT.owns(redirectUri);
    }
}
