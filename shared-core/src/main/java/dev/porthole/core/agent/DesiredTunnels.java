package dev.porthole.core.agent;

import dev.porthole.core.proxy.AllowList;
import dev.porthole.core.proxy.CarriedTunnel;
import java.util.Set;

/** What the user wants carried: the allow-list, and a number that grows with each change of it. Any thread. */
final class DesiredTunnels {
    /** The wanted tunnels (ids) at one moment. */
    record Snapshot(long generation, Set<String> tunnels) {}

    private final AllowList allowed = new AllowList();
    private final Bell changes = new Bell();
    private long generation;

    /** What the local proxy goes by: an entry is there before anyone else hears of the tunnel. */
    AllowList allowed() {
        return allowed;
    }

    /** Rings after each change of which tunnels there are. */
    Bell changes() {
        return changes;
    }

    void put(CarriedTunnel tunnel) {
        boolean more;
        synchronized (this) {
            more = allowed.find(tunnel.tunnel()) == null;
            allowed.put(tunnel);
            generation += more ? 1 : 0;
        }
        if (more) {
            changes.ring();
        }
    }

    void remove(String tunnel) {
        synchronized (this) {
            allowed.remove(tunnel);
            generation++;
        }
        changes.ring();
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(generation, allowed.ids());
    }
}
