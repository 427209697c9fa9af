package dev.porthole.server.control;

import dev.porthole.core.api.Endpoint;
import dev.porthole.server.relay.RoutePort;
import dev.porthole.server.relay.TunnelRoute;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredPort;
import dev.porthole.server.store.StoredTunnel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The ports that tunnels may have of their own, and how they are reached.
 *
 * @param first of the range
 * @param last of the range; smaller than {@code first} if there are none
 * @param perProject how many one project may have
 * @param bind where they are opened, unless a tunnel is visible in the network
 * @param networkChoice whether a tunnel's owner may make it visible in the network of this computer
 * @param lan by which address other computers reach this one
 */
public record PublicPorts(
        int first, int last, int perProject, InetAddress bind, boolean networkChoice, LanAddress lan) {
    /** Whether there are any. */
    public boolean any() {
        return first <= last;
    }

    /** @throws ProblemException 409 if a project has as many ports as it may */
    void requireRoom(Handle handle, Store store, String project) {
        if (store.tunnels().countPorts(handle, project) >= perProject) {
            throw ProblemException.conflict(
                    "too-many-ports",
                    "The project has as many ports as it may have",
                    "ports: " + perProject + " of " + perProject
                            + " are given out (expected: a tunnel of the project that gives one back)",
                    "address");
        }
    }

    /** What the edge is to know of a tunnel. */
    TunnelRoute route(StoredTunnel tunnel) {
        StoredPort port = tunnel.port();
        return new TunnelRoute(
                tunnel.id(),
                tunnel.project(),
                tunnel.name(),
                tunnel.endpoint(),
                tunnel.enabled(),
                port == null ? null : new RoutePort(listen(port), port.visibleInNetwork()));
    }

    private InetSocketAddress listen(StoredPort port) {
        return port.visibleInNetwork()
                ? new InetSocketAddress(port.number())
                : new InetSocketAddress(bind, port.number());
    }

    /** A tunnel's address: by its port, if it has one. */
    String url(StoredTunnel tunnel, PublicUrls names) {
        StoredPort port = tunnel.port();
        if (port == null) {
            return names.of(tunnel.name());
        }
        boolean tcp = tunnel.endpoint().scheme() == Endpoint.Scheme.TCP;
        return (tcp ? "tcp" : "http") + "://" + host(tunnel, tcp, port.visibleInNetwork(), names) + ":" + port.number();
    }

    /**
     * Cookies know no ports: a port shares its host with no page of the server's, and with no other tunnel where there
     * are names for all.
     */
    private String host(StoredTunnel tunnel, boolean tcp, boolean visible, PublicUrls names) {
        boolean local = names.domain().equals("localhost");
        if (visible || (bind.isAnyLocalAddress() && local)) {
            return literal(lan.now().orElse(InetAddress.getLoopbackAddress()));
        }
        if (!bind.isLoopbackAddress() && !local) {
            return tunnel.name() + "." + names.domain();
        }
        // Browsers know that names below localhost are this computer; other programs' resolvers may not.
        return bind.isLoopbackAddress() && local && !tcp ? tunnel.name() + ".localhost" : literal(bind);
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String plain = scope < 0 ? text : text.substring(0, scope);
        return address instanceof Inet6Address ? "[" + plain + "]" : plain;
    }

    /** Whether the address of this port changes with the network. */
    boolean followsNetwork(@Nullable StoredPort port) {
        return port != null && (port.visibleInNetwork() || bind.isAnyLocalAddress());
    }
}
