package dev.porthole.server.relay;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All tunnels by their public name, in memory. The control plane fills it before the listener opens and keeps it with
 * each change, after the change's transaction; event loops read it without waiting.
 */
public final class RouteTable {
    private final Map<String, TunnelRoute> byName = new ConcurrentHashMap<>();

    /** The route of a name, whatever its case. */
    public @Nullable TunnelRoute find(String name) {
        return byName.get(name.toLowerCase(Locale.ROOT));
    }

    /** Adds a tunnel, or takes its new state. */
    public void put(TunnelRoute route) {
        byName.put(route.name(), route);
    }

    /** Forgets a tunnel that was deleted. */
    public void remove(String name) {
        byName.remove(name);
    }

    /** Takes all tunnels at start. */
    public void putAll(Collection<TunnelRoute> routes) {
        routes.forEach(this::put);
    }
}
