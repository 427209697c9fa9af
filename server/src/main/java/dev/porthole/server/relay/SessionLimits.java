package dev.porthole.server.relay;

/**
 * What an agent may do on a session in ten seconds before it loses it.
 *
 * @param resets streams that it resets, or makes the edge reset (CVE-2023-44487, CVE-2025-8671)
 * @param idleFrames frames that carry nothing: PING, SETTINGS, PRIORITY, empty DATA
 */
public record SessionLimits(int resets, int idleFrames) {
    public static final SessionLimits DEFAULT = new SessionLimits(1_000, 10_000);
}
