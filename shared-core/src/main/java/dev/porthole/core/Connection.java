package dev.porthole.core;

import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.auth.Account;
import dev.porthole.core.auth.AuthState;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.tunnel.TunnelService;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that hangs on one sign-in.
 *
 * @param auth the sign-in's tokens; null with an API key
 * @param protection how the credential is kept, for people
 */
record Connection(
        Account account,
        ControlPlaneClient client,
        @Nullable AuthState auth,
        TunnelService tunnels,
        String protection,
        List<Subscription> subscriptions) {

    Connection as(Account changed) {
        return new Connection(changed, client, auth, tunnels, protection, subscriptions);
    }

    boolean isOf(Account other) {
        return account.isSame(other);
    }

    SignIn shown() {
        return account.ended()
                ? new SignIn.Expired(account.server(), account.user(), account.embedded())
                : new SignIn.SignedIn(account.server(), account.user(), account.embedded(), protection);
    }

    void close() {
        subscriptions.forEach(Subscription::close);
        tunnels.close();
    }
}
