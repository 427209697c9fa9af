package dev.porthole.core.api;

import java.util.List;

/**
 * What {@code GET /api} says without a key.
 *
 * @param capabilities names of what a client may use beyond the first release's fields
 */
public record Discovery(String product, String version, String issuer, String api, List<String> capabilities) {
    public Discovery {
        capabilities = List.copyOf(capabilities);
    }

    /** Tunnels may have ports of their own. */
    public static final String PORTS = "ports";

    /** A tunnel's port may be made visible in the network of the server's computer. */
    public static final String NETWORK = "network";

    /** External connectors; a new tunnel may name the one that carries it. */
    public static final String CONNECTORS = "connectors";

    /** Tunnels may be made as quick shares. */
    public static final String QUICK = "quick";

    /** Tunnels may carry metadata, and their expiry may be changed. */
    public static final String METADATA = "metadata";
}
