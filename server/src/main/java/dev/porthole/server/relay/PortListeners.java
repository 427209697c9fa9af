package dev.porthole.server.relay;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** Where tunnels' own ports are open. */
public interface PortListeners {
    /**
     * The address at which a tunnel's port is open; tries to open it now, if it should be and is not. Fails with the
     * system's reason, such as a port that another program has. Any thread.
     */
    CompletableFuture<InetSocketAddress> listening(TunnelRoute route);
}
