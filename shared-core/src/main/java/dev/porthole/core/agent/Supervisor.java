package dev.porthole.core.agent;

import dev.porthole.core.Link;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps one session up: has it dialled, and replaced when it is lost or its edge wants to stop. One virtual thread runs
 * it; an interrupt ends it and leaves its session to whoever interrupts. An agent has as many as it keeps sessions.
 */
final class Supervisor implements Runnable {
    /** What supervisors tell, each on its own thread. */
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

    private final Redialler redialler;
    private final AgentTime time;
    private final Duration drain;
    private final Listener listener;

    /** {@code drain} is how long a session that was replaced may finish what it has. */
    Supervisor(Redialler redialler, AgentTime time, Duration drain, Listener listener) {
        this.redialler = redialler;
        this.time = time;
        this.drain = drain;
        this.listener = listener;
    }

    @Override
    public void run() {
        try {
            Session current = redialler.next(null);
            while (true) {
                Instant up = time.instant();
                Bell.awaitEither(current.ended(), current.draining());
                Redialler.Lost lost = redialler.lost(up, current);
                Session next = redialler.next(lost);
                current.retire("Another session is up.", drain);
                current = next;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ControlException gone) {
            listener.gone(gone);
        }
    }
}
