package dev.porthole.server;

import dev.porthole.server.control.SessionEnder;
import dev.porthole.server.relay.Prober;
import java.net.InetSocketAddress;

/** The edge as the composition sees it: it owns the public port. */
public interface PublicSide extends SessionEnder, AutoCloseable {
    /** Where visitors come in, with the port that was taken. */
    InetSocketAddress address();

    /** Sends requests through the public address. */
    Prober prober();

    /** Takes no new work, lets what runs finish, and closes. Blocking. */
    @Override
    void close();
}
