package dev.porthole.server.control;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredPort;
import dev.porthole.server.store.StoredTunnel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Gives tunnels ports of their own, and takes them back. A port that a tunnel has stays as it is. */
final class PortAllocation {
    private final Store store;
    private final PublicPorts ports;
    private final RandomGenerator random;

    PortAllocation(Store store, PublicPorts ports, RandomGenerator random) {
        this.store = store;
        this.ports = ports;
        this.random = random;
    }

    /**
     * The tunnel with the address that is wanted, inside the transaction that stores it.
     *
     * @param address null: as it is, or as the endpoint's scheme needs it
     * @param visible in this network; null: as it is
     * @throws ProblemException for what can't be, and when there is no port left
     */
    StoredTunnel settle(
            Handle handle, StoredTunnel tunnel, @Nullable TunnelAddress address, @Nullable Boolean visible) {
        boolean tcp = tunnel.endpoint().scheme() == Endpoint.Scheme.TCP;
        if (tcp && address == TunnelAddress.name) {
            throw ProblemException.invalid("address", "address: name (expected: port; a TCP tunnel has no other)");
        }
        StoredPort before = tunnel.port();
        if (!tcp && address != TunnelAddress.port && (before == null || address == TunnelAddress.name)) {
            if (Boolean.TRUE.equals(visible)) {
                throw ProblemException.invalid(
                        "visibleInNetwork", "visibleInNetwork: true (expected: with an address by port)");
            }
            return tunnel.at(null);
        }
        if (Boolean.TRUE.equals(visible) && !ports.networkChoice()) {
            throw ProblemException.invalid(
                    "visibleInNetwork",
                    "visibleInNetwork: true (expected: false; who reaches ports of this server is its setting"
                            + " ports.bind)");
        }
        if (before == null) {
            return tunnel.at(new StoredPort(free(handle, tunnel, tcp), Boolean.TRUE.equals(visible)));
        }
        return visible == null ? tunnel : tunnel.at(new StoredPort(before.number(), visible));
    }

    private int free(Handle handle, StoredTunnel tunnel, boolean tcp) {
        if (!ports.any()) {
            throw tcp
                    ? ProblemException.invalid(
                            "endpoint",
                            "endpoint: " + tunnel.endpoint()
                                    + " (expected: http or https; this server has no ports for tunnels)")
                    : ProblemException.invalid(
                            "address", "address: port (expected: name; this server has no ports for tunnels)");
        }
        ports.requireRoom(handle, store, tunnel.project());
        Set<Integer> given = store.tunnels().ports(handle);
        int size = ports.last() - ports.first() + 1;
        // Begins anywhere: whoever still has the address of a tunnel that is gone does not meet the next one there.
        int start = random.nextInt(size);
        int taken = 0;
        for (int step = 0; step < size; step++) {
            int port = ports.first() + (start + step) % size;
            if (!given.contains(port)) {
                if (isFree(port)) {
                    return port;
                }
                taken++;
            }
        }
        throw ProblemException.conflict(
                "no-port-left",
                "No port is left",
                "ports.range: " + ports.first() + "-" + ports.last() + " (expected: a free port; " + (size - taken)
                        + " are tunnels', " + taken + " other programs')",
                "address");
    }

    /** Whether nobody listens there, at whatever address of this computer. */
    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
