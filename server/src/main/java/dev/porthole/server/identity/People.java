package dev.porthole.server.identity;

import dev.porthole.core.api.OneTimeLink;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What administrators do about people's ways in. Everything here happens in the caller's transaction. Safe from any
 * thread.
 */
public final class People {
    private final Accounts accounts;
    private final AccountLinks links;
    private final SecondFactor secondFactor;
    private final Credentials credentials;
    private final BrowserSessions sessions;

    People(
            Accounts accounts,
            AccountLinks links,
            SecondFactor secondFactor,
            Credentials credentials,
            BrowserSessions sessions) {
        this.accounts = accounts;
        this.links = links;
        this.secondFactor = secondFactor;
        this.credentials = credentials;
        this.sessions = sessions;
    }

    /** Ends all that a user can get in by now: browser sessions, apps, keys, connectors' credentials. */
    public void endEverything(Handle handle, String userId, String because) {
        sessions.endAll(handle, userId, null);
        credentials.endAll(handle, userId, because);
    }

    /** A link by which somebody makes a local account. */
    public OneTimeLink invite(Handle handle, boolean administrator, String madeBy) {
        return links.invite(handle, administrator, madeBy);
    }

    /** A link by which a user chooses a new password; empty for someone without one. */
    public Optional<OneTimeLink> resetPassword(Handle handle, String userId, String madeBy) {
        return accounts.hasPassword(handle, userId)
                ? Optional.of(links.resetPassword(handle, userId, madeBy))
                : Optional.empty();
    }

    /** Asks a user for no codes any more, such as when the phone is lost with the recovery codes. */
    public void removeSecondFactor(Handle handle, String userId) {
        secondFactor.remove(handle, userId);
    }

    /** How many live keys a project has. */
    public long keysOf(Handle handle, String projectId) {
        return credentials.keysOf(handle, projectId).size();
    }

    /** Ends all keys of a project. */
    public void endKeys(Handle handle, String projectId, String because) {
        credentials.keysOf(handle, projectId).forEach(key -> credentials.end(handle, key, because));
    }
}
