package dev.porthole.server.relay;

import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.http2.ConnectionLimits;
import dev.porthole.core.wire.http2.Misuse;

/**
 * What an agent may do on a session in ten seconds before it loses it.
 *
 * @param resets streams that it resets, or makes the edge reset (CVE-2023-44487, CVE-2025-8671)
 * @param idleFrames frames that carry nothing: PING, SETTINGS, PRIORITY, empty DATA
 */
public record SessionLimits(int resets, int idleFrames) {
    public static final SessionLimits DEFAULT = new SessionLimits(1_000, 10_000);

    /**
     * What an edge tells its agents, with a budget for large windows that all of its sessions share. The edge takes no
     * streams: it opens them.
     */
    public ConnectionLimits http2() {
        return new ConnectionLimits(
                0,
                Ptth.CONNECTION_WINDOW_BYTES,
                Ptth.STREAM_WINDOW_BYTES,
                Ptth.MAX_FRAME_BYTES,
                Ptth.MAX_HEADER_LIST_BYTES,
                false,
                new Misuse.Allowance(resets, idleFrames));
    }
}
