package dev.porthole.server.relay;

import java.util.List;
import java.util.Optional;

/** The control plane's word on sessions. Blocking: called on virtual threads, never on an event loop. */
public interface SessionAuthority {
    /** The grant of a connect token; empty for every kind of bad one alike. */
    Optional<SessionGrant> authorize(String connectToken);

    /**
     * Which of these tunnels (ids) the session's connector may carry now: the project's own, enabled, with this
     * connector.
     */
    List<String> mayCarry(SessionGrant grant, List<String> tunnels);
}
