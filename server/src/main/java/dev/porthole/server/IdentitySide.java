package dev.porthole.server;

import dev.porthole.server.admin.AdminCommands;
import dev.porthole.server.control.IdentityProvider;
import dev.porthole.server.control.InProcessApi;
import io.undertow.server.HttpHandler;
import java.util.Optional;
import java.util.Set;

/** The identity provider as the composition sees it. */
public interface IdentitySide extends IdentityProvider {
    /**
     * Sign-in pages, token endpoint, metadata, console: all of the server's own paths but {@code /api}.
     *
     * @param api what the console's pages call
     */
    HttpHandler pages(InProcessApi api);

    /** The one-time code that makes the first account in a browser; empty when there is an account. */
    Optional<String> setupCode();

    /** The id of the account with this name. */
    Optional<String> userNamed(String name);

    /** A single-use code for the owner of an embedded server, whose account is made if it is not there. */
    String ownerCode(String challenge, String redirect) throws AdminCommands.RefusedException;

    /** A fresh API key's secret. */
    String mintKey(String user, String project, String name, Set<String> scopes);

    /** Deletes what is long over. */
    void removeExpired();
}
