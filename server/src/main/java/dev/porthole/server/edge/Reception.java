package dev.porthole.server.edge;

import dev.porthole.core.wire.http2.ConnectionLimits;
import dev.porthole.core.wire.http2.Misuse;
import dev.porthole.core.wire.http2.WindowBudget;

/**
 * What all visitors' connections of an edge share.
 *
 * @param routing decides what becomes of their requests
 * @param http2 what an HTTP/2 connection takes, and the memory for the windows of all of them
 */
record Reception(Routing routing, EdgeSettings settings, ConnectionLimits http2) {
    /** A browser that leaves a page cancels what it loads: up to all of its streams, some times in ten seconds. */
    private static final int RESETS_PER_STREAM = 4;

    private static final int IDLE_FRAMES = 1_000;

    /** A stream's window grows to this while what comes is taken: 80 Mbit/s at a round trip of 100 ms. */
    private static final int STREAM_WINDOW_BYTES = 1024 * 1024;

    private static final int CONNECTION_WINDOW_BYTES = 4 * 1024 * 1024;

    /** What the grown windows of all visitors may come to. */
    private static final int ALL_WINDOWS_BYTES = 16 * 1024 * 1024;

    private static final int MAX_FRAME_BYTES = 16 * 1024;

    /** Per entry of a header list, as RFC 9113, section 6.5.2, counts. */
    private static final int ENTRY_BYTES = 32;

    static Reception of(Routing routing, EdgeSettings settings) {
        EdgeSettings.Limits limits = settings.limits();
        // Twice what a request may have: one that is a little too large is told so with a 431.
        int headerList = 2 * (limits.targetBytes() + limits.headerBytes() + limits.headerCount() * ENTRY_BYTES);
        return new Reception(
                routing,
                settings,
                new ConnectionLimits(
                        limits.streams(),
                        CONNECTION_WINDOW_BYTES,
                        STREAM_WINDOW_BYTES,
                        MAX_FRAME_BYTES,
                        headerList,
                        true,
                        misuse(limits),
                        new WindowBudget(ALL_WINDOWS_BYTES)));
    }

    /** How many frames without a use are forgiven. */
    static Misuse.Allowance misuse(EdgeSettings.Limits limits) {
        return new Misuse.Allowance(RESETS_PER_STREAM * limits.streams(), IDLE_FRAMES);
    }

    /** The same for a tunnel's own port, which speaks plain HTTP. */
    Reception atPort(Routing own) {
        return new Reception(own, settings.with((EdgeSettings.Tls) null), http2);
    }

    EdgeSettings.Times times() {
        return settings.times();
    }
}
