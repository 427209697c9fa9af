package dev.porthole.server.control;

import dev.porthole.server.relay.SessionGrant;
import java.util.function.Predicate;

/** Ends live sessions at once. */
@FunctionalInterface
public interface SessionEnder {
    /** Ends those whose grant is meant; must not block. */
    void endSessions(Predicate<SessionGrant> which);
}
