package dev.porthole.core.agent;

import dev.porthole.core.Link;
import dev.porthole.core.api.ConnectToken;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets sessions up, for all supervisors of an agent, one at a time: shows the credential, fetches a fresh one where
 * {@link ReconnectPolicy} says so, and waits between dials. That it is one at a time makes one cycle of them: one
 * credential is fetched, one row of waits grows, and a server that comes back sees one dial of each agent first.
 *
 * <p>Blocking, for virtual threads; an interrupt ends it.
 */
final class Redialler {
    private final SessionOpener opener;
    private final Credentials credentials;
    private final ReconnectPolicy policy;
    private final AgentTime time;
    private final Bell wake;
    private final Bell renewed;
    private final BooleanSupplier anyUp;
    private final Supervisor.Listener listener;
    private final Semaphore turn = new Semaphore(1, true);

    /** {@code anyUp} tells whether a session is up already: one more can wait a moment then. */
    Redialler(
            SessionOpener opener,
            AgentControl control,
            ConnectTokenStore store,
            ReconnectPolicy policy,
            AgentTime time,
            Bell wake,
            Bell renewed,
            BooleanSupplier anyUp,
            Supervisor.Listener listener) {
        this.opener = opener;
        this.credentials = new Credentials(control, store);
        this.policy = policy;
        this.time = time;
        this.wake = wake;
        this.renewed = renewed;
        this.anyUp = anyUp;
        this.listener = listener;
    }

    /**
     * Dials until a session is up, and tells the listener of it.
     *
     * @param replaced the session that it stands in for; null for a first one
     * @throws ControlException only if there is nothing to dial for any more
     */
    Session next(@Nullable Lost replaced) throws InterruptedException, ControlException {
        turn.acquire();
        try {
            if (replaced != null && replaced.tooSoon()) {
                pause(new Failure(DialException.Kind.ANSWERED_NO, replaced.reason()), wake.next());
            } else if (anyUp.getAsBoolean()) {
                Bell.await(wake.next(), time, policy.spread());
            }
            Session session = dialUntilUp();
            listener.up(session);
            return session;
        } finally {
            turn.release();
        }
    }

    /** A session was lost that was up since then: whoever waits for a dial of another one need not wait any more. */
    Lost lost(Instant up, Session session) {
        boolean drained = session.draining().isDone();
        boolean steady = policy.lost(up);
        if (steady || drained) {
            wake.ring();
        }
        return new Lost(!steady && !drained, session.ended().getNow("The session ended."));
    }

    /** A session that was. {@code tooSoon} if it lived so short that the next one must wait. */
    record Lost(boolean tooSoon, String reason) {}

    private Session dialUntilUp() throws InterruptedException, ControlException {
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
                Failure unfetched = fetch();
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
    private @Nullable Failure fetch() throws InterruptedException, ControlException {
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
