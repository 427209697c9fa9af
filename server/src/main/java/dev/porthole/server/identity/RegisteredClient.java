package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.Scope;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A program that may ask for tokens. All are public clients (RFC 6749 section 2.1): whoever holds the program holds
 * whatever secret it came with, so there is none.
 *
 * @param redirectUris as they were registered
 * @param firstParty whether it is ours: nobody is asked whether it may
 */
record RegisteredClient(String id, String name, List<String> redirectUris, boolean firstParty, Instant createdAt) {
    /** All of the API but keys, members and administration; ours has it without asking. */
    static final String API = "api";

    /** A program of ours or of others without which nobody is kept signed in. */
    static final String OFFLINE = "offline_access";

    private static final Set<String> OF_OTHERS = others();

    RegisteredClient {
        redirectUris = List.copyOf(redirectUris);
    }

    /** Whether a code may be sent there. */
    boolean owns(String redirectUri) {
        return redirectUris.stream().anyMatch(registered -> RedirectUris.matches(registered, redirectUri));
    }

    /** What is granted of what was asked for: unknown values are left out (RFC 6749 section 3.3). */
    Scope granted(Scope asked) {
        Set<String> known = firstParty ? NativeClient.SCOPES : OF_OTHERS;
        Scope granted = new Scope();
        asked.stream().filter(value -> known.contains(value.getValue())).forEach(granted::add);
        return granted;
    }

    /** All that any client may ask for. */
    static Set<String> scopes() {
        return OF_OTHERS;
    }

    private static Set<String> others() {
        Set<String> scopes = new LinkedHashSet<>(NativeClient.SCOPES);
        scopes.add(API);
        return Set.copyOf(scopes);
    }
}
