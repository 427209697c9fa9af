package dev.porthole.core.proxy;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Nonces that an edge announced and that no stream has used yet. Each is good once, for the tunnel that it was
 * announced for. The oldest goes when there are too many. On the event loop only.
 */
public final class ProbeNonces {
    private static final int KEPT = 1024;

    private final Map<String, String> tunnelByNonce = new LinkedHashMap<>();

    /** Expects a probe. */
    public void expect(String tunnel, String nonce) {
        if (tunnelByNonce.size() >= KEPT) {
            tunnelByNonce.remove(tunnelByNonce.keySet().iterator().next());
        }
        tunnelByNonce.put(nonce, tunnel);
    }

    /** Whether this probe was announced; the nonce is used up either way. */
    boolean take(String tunnel, String nonce) {
        return tunnel.equals(tunnelByNonce.remove(nonce));
    }
}
