package dev.porthole.core.proxy;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tunnels that this computer's user enabled. Nothing else is ever dialled, whatever an edge asks for. Any thread.
 */
public final class AllowList {
    private final Map<String, CarriedTunnel> tunnels = new ConcurrentHashMap<>();

    /** Adds a tunnel, or gives it its new endpoint and Host header, in one step. */
    public void put(CarriedTunnel tunnel) {
        tunnels.put(tunnel.tunnel(), tunnel);
    }

    /** Takes a tunnel off. */
    public void remove(String tunnel) {
        tunnels.remove(tunnel);
    }

    /** The tunnel, if it is allowed. */
    public @Nullable CarriedTunnel find(String tunnel) {
        return tunnels.get(tunnel);
    }

    /** The ids of all. */
    public Set<String> ids() {
        return Set.copyOf(tunnels.keySet());
    }
}
