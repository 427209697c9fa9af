package dev.porthole.core.wire.http2;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * What the peer may send over all streams (RFC 9113, section 5.2). It refills as bytes arrive, whoever takes them: who
 * stops reading is held back by the stream's own {@link ReceiveWindow}. Event loop only.
 */
final class SharedWindow {
    private final int size;
    private int credit;
    private int unreported;

    /** @param size bytes beyond what every connection begins with, as {@link ConnectionLimits#announce} says */
    SharedWindow(int size) {
        this.size = size;
        this.credit = Frames.DEFAULT_WINDOW_BYTES + size;
    }

    /** DATA came, padding included. Returns by how much to let the peer go on (WINDOW_UPDATE), 0 for not yet. */
    int takes(int bytes) throws Http2Exception {
        credit -= bytes;
        if (credit < 0) {
            throw Http2Exception.connectionError(Http2Error.FLOW_CONTROL_ERROR, "beyond the connection's window");
        }
        unreported += bytes;
        if (unreported < size / 2) {
            return 0;
        }
        int update = unreported;
        credit += update;
        unreported = 0;
        return update;
    }
}
