package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/** What the peer's SETTINGS said so far (RFC 9113, section 6.5). Event loop only. */
final class PeerSettings {
    private boolean received;
    private long maxConcurrentStreams = Integer.MAX_VALUE;
    private int initialWindow = Frames.DEFAULT_WINDOW_BYTES;
    private boolean connectProtocol;

    boolean received() {
        return received;
    }

    long maxConcurrentStreams() {
        return maxConcurrentStreams;
    }

    int initialWindow() {
        return initialWindow;
    }

    boolean connectProtocol() {
        return connectProtocol;
    }

    /** Takes one SETTINGS frame. Returns by how much every stream's window changes. */
    int take(ByteBuf payload, FrameWriter writer) throws Http2Exception {
        if (payload.readableBytes() % 6 != 0) {
            throw Http2Exception.connectionError(Http2Error.FRAME_SIZE_ERROR, "SETTINGS of a broken length");
        }
        int before = initialWindow;
        while (payload.isReadable()) {
            int identifier = payload.readUnsignedShort();
            long value = payload.readUnsignedInt();
            switch (identifier) {
                case Frames.SETTINGS_HEADER_TABLE_SIZE -> writer.maxTableBytes(value);
                case Frames.SETTINGS_MAX_CONCURRENT_STREAMS -> maxConcurrentStreams = value;
                case Frames.SETTINGS_INITIAL_WINDOW_SIZE ->
                    initialWindow = (int) between(0, value, Integer.MAX_VALUE, Http2Error.FLOW_CONTROL_ERROR);
                case Frames.SETTINGS_MAX_FRAME_SIZE ->
                    writer.maxFrameBytes((int) between(16_384, value, 16_777_215, Http2Error.PROTOCOL_ERROR));
                case Frames.SETTINGS_MAX_HEADER_LIST_SIZE -> writer.maxHeaderListBytes(value);
                case Frames.SETTINGS_ENABLE_CONNECT_PROTOCOL ->
                    // Never taken back (RFC 8441, section 3).
                    connectProtocol |= between(0, value, 1, Http2Error.PROTOCOL_ERROR) == 1;
                case Frames.SETTINGS_ENABLE_PUSH -> between(0, value, 1, Http2Error.PROTOCOL_ERROR);
                default -> {
                    // Unknown ones are ignored (section 6.5.2).
                }
            }
        }
        received = true;
        return initialWindow - before;
    }

    private static long between(long least, long value, long most, Http2Error error) throws Http2Exception {
        if (value < least || value > most) {
            throw Http2Exception.connectionError(error, "a setting of %d (expected: %d-%d)", value, least, most);
        }
        return value;
    }
}
