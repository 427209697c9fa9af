package dev.porthole.server.control;

import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredConnector;
import dev.porthole.server.store.StoredPort;
import dev.porthole.server.store.StoredTunnel;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What the API says of what is stored. */
final class Views {
    private final Store store;
    private final PublicUrls urls;
    private final PublicPorts ports;

    Views(Store store, PublicUrls urls, PublicPorts ports) {
        this.store = store;
        this.urls = urls;
        this.ports = ports;
    }

    Tunnel tunnel(StoredTunnel tunnel) {
        StoredPort port = tunnel.port();
        return new Tunnel(
                tunnel.id(),
                tunnel.project(),
                tunnel.name(),
                tunnel.label(),
                tunnel.endpoint(),
                tunnel.hostHeader(),
                ports.url(tunnel, urls),
                port == null ? TunnelAddress.name : TunnelAddress.port,
                port != null && port.visibleInNetwork(),
                tunnel.enabled(),
                tunnel.connector(),
                tunnel.conditions(),
                tunnel.version(),
                tunnel.createdAt(),
                tunnel.expiresAt(),
                tunnel.lastActiveAt(),
                tunnel.metadata(),
                tunnel.quick());
    }

    Connector connector(Handle handle, StoredConnector connector, Instant now) {
        return new Connector(
                connector.id(),
                connector.project(),
                connector.kind(),
                connector.name(),
                connector.device(),
                online(handle, connector.id(), now),
                connector.lastSeenAt(),
                connector.agentVersion(),
                store.tunnels().ofConnector(handle, connector.id()).stream()
                        .filter(StoredTunnel::enabled)
                        .map(StoredTunnel::id)
                        .toList());
    }

    boolean online(Handle handle, String connector, Instant now) {
        return store.connectors().leases(handle, connector).stream()
                .anyMatch(lease -> lease.expiresAt().isAfter(now));
    }

    /**
     * A page of a list, of which one row more than wanted was read.
     *
     * @param rows in the list's order
     */
    static <S, T> Page<T> page(
            List<S> rows, Slice slice, long total, Function<S, Slice.Place> place, Function<S, T> view) {
        boolean more = rows.size() > slice.limit();
        List<S> shown = more ? rows.subList(0, slice.limit()) : rows;
        String next = more ? Call.cursor(place.apply(shown.getLast())) : null;
        return new Page<>(shown.stream().map(view).toList(), total, next);
    }

    /** The slice with one row more, which tells whether there is a next page. */
    static Slice oneMore(Slice slice) {
        return new Slice(slice.after(), slice.limit() + 1);
    }
}
