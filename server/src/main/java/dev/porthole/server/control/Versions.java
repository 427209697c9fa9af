package dev.porthole.server.control;

import dev.porthole.server.store.StoredTunnel;
import java.util.List;

/** Tunnels' versions as entity tags, so that nobody changes what they have not seen (RFC 9110, section 13.1.1). */
final class Versions {
    private Versions() {}

    static String etag(StoredTunnel tunnel) {
        return "\"" + tunnel.version() + "\"";
    }

    /** @throws ProblemException 412 if the caller means another version */
    static void require(Call call, StoredTunnel tunnel) {
        String wanted = call.headers().get("if-match");
        if (wanted != null
                && !wanted.strip().equals("*")
                && !List.of(wanted.strip().split("\\s*,\\s*")).contains(etag(tunnel))) {
            throw ProblemException.of(
                    412,
                    "changed-meanwhile",
                    "The tunnel has changed meanwhile",
                    "If-Match: " + wanted + " (expected: " + etag(tunnel) + ")");
        }
    }
}
