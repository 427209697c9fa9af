package dev.porthole.core.agent;

import dev.porthole.core.api.ConnectToken;
import org.jspecify.annotations.Nullable;

/**
 * The connect token of one connect, the same for all of its sessions: the stored one, or the one fetched last. A token
 * fetched for a first connect is stored once it has worked; one fetched to reconnect is stored at once. One thread at a
 * time: whoever's turn it is to dial.
 */
final class Credentials {
    private final AgentControl control;
    private final ConnectTokenStore store;
    private @Nullable ConnectToken current;
    private boolean loaded;
    private boolean stored;
    private boolean workedBefore;

    Credentials(AgentControl control, ConnectTokenStore store) {
        this.control = control;
        this.store = store;
    }

    /** What to show now; null if there is nothing. */
    @Nullable
    ConnectToken current() {
        if (!loaded) {
            loaded = true;
            current = store.load().orElse(null);
            stored = current != null;
        }
        return current;
    }

    /** Fetches a fresh one. If that fails, the one before stays. */
    ConnectToken fetch() throws ControlException, InterruptedException {
        ConnectToken fresh = control.fetchConnectToken();
        current = fresh;
        stored = false;
        if (workedBefore) {
            keep(fresh);
        }
        return fresh;
    }

    /** The current one gave a session. */
    void worked(ConnectToken token) {
        workedBefore = true;
        if (!stored) {
            keep(token);
        }
    }

    private void keep(ConnectToken token) {
        store.save(token);
        stored = true;
    }
}
