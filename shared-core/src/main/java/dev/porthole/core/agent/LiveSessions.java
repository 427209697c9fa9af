package dev.porthole.core.agent;

import dev.porthole.core.Link;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The sessions that are up, those that retire too, and what they come to as a whole: the link, and which tunnels an
 * edge has routes for. Any thread.
 */
final class LiveSessions implements Session.Watcher {
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final Observed<Link> link = new Observed<>(new Link.Idle());
    private final Observed<Set<String>> acknowledged = new Observed<>(Set.of());
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
            link.set(
                    live.isEmpty()
                            ? without
                            : new Link.Connected(live.size(), live.getLast().roundTrip()));
        }
        registration.connected(!sessions.isEmpty());
    }
}
