package dev.porthole.core.agent;

import dev.porthole.core.Link;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that are up, those that retire too, and what they come to as a whole: the link, and which tunnels an
 * edge has routes for. Any thread.
 */
final class LiveSessions implements Session.Watcher {
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final Observed<Link> link = new Observed<>(new Link.Idle());
    private final Observed<Set<String>> acknowledged = new Observed<>(Set.of());
    private final RoundTripNews roundTrip = new RoundTripNews();
    private final Registration registration;
    private Link without = new Link.Idle();

    LiveSessions(Registration registration) {
        this.registration = registration;
    }

    Observable<Link> link() {
        return link;
    }

    Observable<Set<String>> acknowledged() {
        return acknowledged;
    }

    /** A session is up; it leaves by itself when it ends. */
    void add(Session session) {
        sessions.add(session);
        synchronized (this) {
            // What was said while there was none is history.
            without = new Link.Connecting();
        }
        session.ended().thenRun(() -> {
            sessions.remove(session);
            changed();
        });
        changed();
    }

    /** What the link is while no session is up. */
    void without(Link state) {
        synchronized (this) {
            without = state;
        }
        changed();
    }

    void reconcile(boolean refusedToo) {
        sessions.forEach(session -> session.reconcile(refusedToo));
    }

    /** Whether one is up that is not about to go. */
    boolean anyUp() {
        return sessions.stream()
                .anyMatch(session ->
                        !session.ended().isDone() && !session.draining().isDone());
    }

    /** Finds out of each whether its edge is still there. */
    void check() {
        sessions.forEach(Session::check);
    }

    /** Takes leave on all of them and lets what runs finish until {@code limit}. Not on the loop. */
    void retireAll(String reason, Duration limit) {
        List<Session> leaving = List.copyOf(sessions);
        long deadline = System.nanoTime() + limit.toNanos();
        leaving.forEach(session -> session.retire(reason, limit));
        leaving.forEach(
                session -> session.awaitClosed(Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()))));
    }

    /** Ends all of them, and waits until their connections are closed: the loop may end next. Not on the loop. */
    void closeAll() {
        List<Session> closing = List.copyOf(sessions);
        closing.forEach(Session::close);
        closing.forEach(Session::awaitClosed);
    }

    @Override
    public void changed() {
        synchronized (this) {
            List<Session> live = List.copyOf(sessions);
            Set<String> all = new HashSet<>();
            live.forEach(session -> all.addAll(session.acknowledged()));
            acknowledged.set(Set.copyOf(all));
            link.set(live.isEmpty() ? without : new Link.Connected(live.size(), roundTrip.of(shortestRoundTrip(live))));
        }
        registration.connected(!sessions.isEmpty());
    }

    @Override
    public void askedOn(Session one) {
        for (Session session : sessions) {
            if (session != one) {
                session.askToo();
            }
        }
    }

    private static @Nullable Duration shortestRoundTrip(List<Session> live) {
        Duration shortest = null;
        for (Session session : live) {
            Duration measured = session.roundTrip();
            if (measured != null && (shortest == null || measured.compareTo(shortest) < 0)) {
                shortest = measured;
            }
        }
        return shortest;
    }
}
