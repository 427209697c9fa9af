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
    /** Told of each change, in order for one tunnel, on the thread that makes it. Must be short. */
    public interface Watcher {
        /** A tunnel is there, or in a new state. */
        void put(TunnelRoute route);

        /** A tunnel was deleted. */
        void removed(TunnelRoute route);
    }

    private final Map<String, TunnelRoute> byName = new ConcurrentHashMap<>();
    private volatile @Nullable Watcher watcher;

    /** Tells one watcher of all that is there, and of each change from then on. */
    public void watch(Watcher next) {
        watcher = next;
        byName.values().forEach(next::put);
    }

    /** The route of a name, whatever its case. */
    public @Nullable TunnelRoute find(String name) {
        return byName.get(name.toLowerCase(Locale.ROOT));
    }

    /** Adds a tunnel, or takes its new state. */
    public void put(TunnelRoute route) {
        byName.put(route.name(), route);
        Watcher told = watcher;
        if (told != null) {
            told.put(route);
        }
    }

    /** Forgets a tunnel that was deleted. */
    public void remove(String name) {
        TunnelRoute gone = byName.remove(name);
        Watcher told = watcher;
        if (told != null && gone != null) {
            told.removed(gone);
        }
    }

    /** Takes all tunnels at start. */
    public void putAll(Collection<TunnelRoute> routes) {
        routes.forEach(this::put);
    }
}
