package dev.porthole.server.relay;

import java.util.Collection;

/** Told of what sessions do. Called on virtual threads, in order for one session; may block. */
public interface SessionEvents {
    /** A session is up; it carries nothing yet. */
    void opened(SessionGrant grant, String instance, String agentVersion, String remoteAddress);

    /** A session now carries these tunnels (ids): streams may go to it. */
    void carried(SessionGrant grant, String instance, Collection<String> tunnels);

    /** A session carries these tunnels no more, though it lives on. */
    void withdrawn(SessionGrant grant, String instance, Collection<String> tunnels);

    /** A session ended, and with it all that it carried. */
    void closed(SessionGrant grant, String instance, Collection<String> tunnels);

    /**
     * The agent said that a tunnel's endpoint refused a connection or gave no answer in time, during a visitor's
     * request.
     */
    void endpointFailed(String tunnel, dev.porthole.core.wire.PortholeError error);
}
