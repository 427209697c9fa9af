package dev.porthole.core.agent;

import dev.porthole.core.Link;
import dev.porthole.core.api.ConnectToken;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one session up: dials, replaces it when it is lost or its edge wants to stop, and waits as
 * {@link ReconnectPolicy} says. One virtual thread runs it; an interrupt ends it.
 */
final class Supervisor implements Runnable {
    /** What a supervisor tells, on its own thread. */
    interface Listener {
        /** A session is up. */
        void up(Session session);

        /** What is done while there is none. */
        void without(Link state);

        /** The project or the connector is no more: the supervisor ended. */
        void gone(ControlException cause);

        /** The sign-in is over: the supervisor waits for a new one. */
        void signInNeeded(ControlException cause);
    }

    private final SessionOpener opener;
    private final AgentControl control;
    private final ConnectTokenStore store;
    private final ReconnectPolicy policy;
    private final AgentTime time;
    private final AgentLimits limits;
    private final Bell wake;
    private final Bell renewed;
    private final Listener listener;

    Supervisor(
            SessionOpener opener,
            AgentControl control,
            ConnectTokenStore store,
            ReconnectPolicy policy,
            AgentTime time,
            AgentLimits limits,
            Bell wake,
            Bell renewed,
            Listener listener) {
        this.opener = opener;
        this.control = control;
        this.store = store;
        this.policy = policy;
        this.time = time;
        this.limits = limits;
        this.wake = wake;
        this.renewed = renewed;
        this.listener = listener;
    }

    @Override
    public void run() {
        Session current = null;
        try {
            Credentials credentials = new Credentials(control, store);
            while (true) {
                Session next = dialUntilUp(credentials);
                Instant up = time.instant();
                listener.up(next);
                if (current != null) {
                    current.retire(limits.drain());
                }
                current = next;
                Bell.awaitEither(next.ended(), next.draining());
                policy.lost(up);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ControlException gone) {
            listener.gone(gone);
        }
        if (current != null) {
            current.close();
        }
    }

    /** @throws ControlException only if there is nothing to dial for any more */
    private Session dialUntilUp(Credentials credentials) throws InterruptedException, ControlException {
        listener.without(new Link.Connecting());
        boolean fresh = false;
        while (true) {
            CompletableFuture<Void> woken = wake.next();
            Failure failure = null;
            ConnectToken token = credentials.current();
            if (token != null) {
                try {
                    Session session = opener.open(token);
                    credentials.worked(token);
                    return session;
                } catch (DialException failed) {
                    failure = new Failure(failed.kind(), String.valueOf(failed.getMessage()));
                }
            }
            if (!fresh && (failure == null || policy.shouldFetch(failure.kind()))) {
                Failure unfetched = fetch(credentials);
                if (unfetched == null) {
                    fresh = true;
                    continue;
                }
                // The dial's own failure says more about when to try again.
                failure = failure == null ? unfetched : failure;
            }
            fresh = false;
            pause(failure == null ? new Failure(DialException.Kind.UNREACHABLE, "No credential.") : failure, woken);
        }
    }

    /** Fetches a credential; waits for a person where one is needed. Null if it worked. */
    private @Nullable Failure fetch(Credentials credentials) throws InterruptedException, ControlException {
        while (true) {
            CompletableFuture<Void> signedIn = renewed.next();
            policy.fetching();
            try {
                credentials.fetch();
                policy.fetched();
                return null;
            } catch (ControlException refused) {
                switch (refused.reason()) {
                    case ControlException.Reason.Unauthorized no -> {
                        listener.without(new Link.SignInNeeded(no.text()));
                        listener.signInNeeded(refused);
                        Bell.awaitEither(signedIn);
                        listener.without(new Link.Connecting());
                    }
                    case ControlException.Reason.Gone _ -> throw refused;
                    case ControlException.Reason.Refused no -> {
                        return new Failure(DialException.Kind.ANSWERED_NO, no.text());
                    }
                    case ControlException.Reason.Unreachable no -> {
                        DialException.Kind kind =
                                no.refused() ? DialException.Kind.REFUSED : DialException.Kind.UNREACHABLE;
                        return new Failure(kind, no.text());
                    }
                }
            }
        }
    }

    private void pause(Failure failure, CompletableFuture<Void> woken) throws InterruptedException {
        Duration wait = policy.pause(failure.kind());
        listener.without(new Link.Reconnecting(failure.reason(), time.instant().plus(wait)));
        Bell.await(woken, time, wait);
    }

    private record Failure(DialException.Kind kind, String reason) {}
}
