package dev.porthole.core.proxy;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tunnels whose apps refuse the name that visitors use. Found on the event loop as answers pass; read by any
 * thread.
 */
public final class BlockedHosts {
    private static final Logger LOG = LoggerFactory.getLogger(BlockedHosts.class);

    private final AllowList allowed;
    private final Map<String, BlockedHostSigns.Sign> signs = new ConcurrentHashMap<>();
    private final Observed<Map<String, BlockedHost>> findings = new Observed<>(Map.of());

    public BlockedHosts(AllowList allowed) {
        this.allowed = allowed;
    }

    /** What was found, by the tunnel's id. */
    public Observable<Map<String, BlockedHost>> findings() {
        return findings;
    }

    /** What was found counts no more: the tunnel shows another name now, or leads elsewhere, or is gone. */
    public void forget(String tunnel) {
        if (signs.remove(tunnel) != null) {
            change(all -> all.remove(tunnel));
        }
    }

    /** Looks at one answer. */
    BlockedHostLook look(CarriedTunnel tunnel, CharSequence path) {
        return new BlockedHostLook(this, tunnel, path);
    }

    void found(CarriedTunnel tunnel, BlockedHostSigns.Sign sign) {
        // An answer to a request from before a change says nothing about what holds now.
        boolean current = tunnel.equals(allowed.find(tunnel.tunnel()));
        if (current && !sign.equals(signs.put(tunnel.tunnel(), sign))) {
            LOG.warn("tunnel {}: {}", tunnel.tunnel(), sign.finding().advice(tunnel.hostHeader()));
            change(all -> all.put(tunnel.tunnel(), sign.finding()));
        }
    }

    /** An answer was fine. Costs next to nothing while nothing was found. */
    void fine(CarriedTunnel tunnel, CharSequence path) {
        if (signs.isEmpty()) {
            return;
        }
        BlockedHostSigns.Sign sign = signs.get(tunnel.tunnel());
        if (sign != null && path.toString().startsWith(sign.below())) {
            forget(tunnel.tunnel());
        }
    }

    private void change(Consumer<Map<String, BlockedHost>> change) {
        findings.update(now -> {
            Map<String, BlockedHost> next = new HashMap<>(now);
            change.accept(next);
            return Map.copyOf(next);
        });
    }
}
