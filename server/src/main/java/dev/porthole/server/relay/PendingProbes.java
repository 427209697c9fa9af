package dev.porthole.server.relay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Nonces of probes that are under way: each is for one tunnel on one session, and is taken once. Thread-safe. */
public final class PendingProbes {
    private record Pending(String tunnel, AgentSession session) {}

    private final Map<String, Pending> byNonce = new ConcurrentHashMap<>();

    void add(String nonce, String tunnel, AgentSession session) {
        byNonce.put(nonce, new Pending(tunnel, session));
    }

    void forget(String nonce) {
        byNonce.remove(nonce);
    }

    /** The session that waits for a probe of this tunnel with this nonce; null if there is none. Takes the nonce. */
    public @Nullable AgentSession take(String nonce, String tunnel) {
        Pending pending = byNonce.get(nonce);
        if (pending == null || !pending.tunnel.equals(tunnel) || !byNonce.remove(nonce, pending)) {
            return null;
        }
        return pending.session;
    }
}
