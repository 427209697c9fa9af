package dev.porthole.core.wire.http2;

/**
 * What one end of a connection takes, told to the peer in SETTINGS (RFC 9113, section 6.5.2).
 *
 * @param streams streams of the peer at once
 * @param connectionWindow bytes in flight over all streams
 * @param streamWindow bytes in flight on one, if its reader is fast
 * @param frame bytes of one frame's payload
 * @param headerList bytes of one header list
 * @param connectProtocol whether extended CONNECT is understood (RFC 8441)
 * @param misuse how many frames without a use are forgiven
 * @param budget for the windows of fast readers; connections with the same limits share it
 */
public record ConnectionLimits(
        int streams,
        int connectionWindow,
        int streamWindow,
        int frame,
        int headerList,
        boolean connectProtocol,
        Misuse.Allowance misuse,
        WindowBudget budget) {
    /** With a budget of one connection's window for all that have these limits. */
    public ConnectionLimits(
            int streams,
            int connectionWindow,
            int streamWindow,
            int frame,
            int headerList,
            boolean connectProtocol,
            Misuse.Allowance misuse) {
        this(
                streams,
                connectionWindow,
                streamWindow,
                frame,
                headerList,
                connectProtocol,
                misuse,
                new WindowBudget(connectionWindow));
    }

    /** Writes the SETTINGS, and what makes the connection's window as large as said here. */
    void announce(FrameWriter writer, Multiplexer.Role role) {
        writer.settings(
                Frames.SETTINGS_ENABLE_PUSH,
                0,
                Frames.SETTINGS_MAX_CONCURRENT_STREAMS,
                role == Multiplexer.Role.CLIENT ? 0 : streams,
                Frames.SETTINGS_INITIAL_WINDOW_SIZE,
                Math.min(streamWindow, ReceiveWindow.FIRST_BYTES),
                Frames.SETTINGS_MAX_FRAME_SIZE,
                frame,
                Frames.SETTINGS_MAX_HEADER_LIST_SIZE,
                headerList,
                Frames.SETTINGS_ENABLE_CONNECT_PROTOCOL,
                connectProtocol ? 1 : 0);
        writer.windowUpdate(0, connectionWindow);
    }
}
