package dev.porthole.server.relay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Probes of TCP tunnels that are about to connect. A TCP visitor sends no word of Porthole's own, so a probe is told by
 * the port that it comes from: the server holds that socket, so nobody else of this computer can come from it.
 * Thread-safe.
 */
public final class PortProbes {
    private final Map<Integer, String> nonceBySource = new ConcurrentHashMap<>();

    void expect(int sourcePort, String nonce) {
        nonceBySource.put(sourcePort, nonce);
    }

    void forget(int sourcePort) {
        nonceBySource.remove(sourcePort);
    }

    /** The nonce of the probe that comes from this port; null for everyone else. Takes it. */
    public @Nullable String take(int sourcePort) {
        return nonceBySource.isEmpty() ? null : nonceBySource.remove(sourcePort);
    }
}
