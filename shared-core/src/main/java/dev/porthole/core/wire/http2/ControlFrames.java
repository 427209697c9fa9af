package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * Does what the peer says of the connection and of windows: frames that carry nothing of a request (RFC 9113, sections
 * 6.3, 6.5 and 6.7 to 6.9). Event loop only.
 */
final class ControlFrames {
    private final Multiplexer connection;
    private final Multiplexer.Role role;
    private final Streams streams;
    private final PeerSettings peer;
    private final Misuse misuse;

    ControlFrames(Multiplexer connection, Multiplexer.Role role, Streams streams, PeerSettings peer, Misuse misuse) {
        this.connection = connection;
        this.role = role;
        this.streams = streams;
        this.peer = peer;
        this.misuse = misuse;
    }

    void onSettings(int flags, int streamId, ByteBuf payload) throws Http2Exception {
        if (streamId != 0) {
            throw protocolError("SETTINGS on a stream");
        }
        if ((flags & Frames.ACK) != 0) {
            FrameReader.exactly(0, payload, "an acknowledgement");
            misuse.answered();
            return;
        }
        misuse.idleFrame();
        Outgoing out = connection.outgoing();
        int difference = peer.take(payload, out.writer());
        out.writer().settingsAck();
        if (difference != 0) {
            initialWindowChanged(difference, out);
        }
        out.flush();
    }

    /** SETTINGS changed every stream's window (section 6.9.2). */
    private void initialWindowChanged(int difference, Outgoing out) throws Http2Exception {
        for (Stream stream : streams.all()) {
            if (!stream.widen(difference)) {
                throw Http2Exception.connectionError(Http2Error.FLOW_CONTROL_ERROR, "a stream's window overflows");
            }
            if (stream.hasQueue()) {
                out.waitsInLine(stream);
            }
        }
        out.resume();
    }

    void onWindowUpdate(int streamId, ByteBuf payload) throws Http2Exception {
        int bytes = FrameReader.exactly(4, payload, "WINDOW_UPDATE").readInt() & Integer.MAX_VALUE;
        if (streamId == 0) {
            if (bytes == 0) {
                throw protocolError("WINDOW_UPDATE of 0");
            }
            connection.outgoing().widened(bytes);
            return;
        }
        Stream stream = streams.find(streamId);
        if (stream == null) {
            streams.mustHaveBeenOpen(streamId, "WINDOW_UPDATE");
        } else if (bytes == 0) {
            throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "WINDOW_UPDATE of 0");
        } else {
            widened(stream, bytes);
        }
    }

    private void widened(Stream stream, int bytes) throws Http2Exception {
        if (!stream.widen(bytes)) {
            throw Http2Exception.streamError(stream.id(), Http2Error.FLOW_CONTROL_ERROR, "the window overflows");
        }
        if (stream.hasQueue()) {
            connection.outgoing().waitsInLine(stream);
            connection.outgoing().resume();
        }
        stream.tellWritable();
    }

    void onPing(int flags, int streamId, ByteBuf payload) throws Http2Exception {
        long data = FrameReader.exactly(8, payload, "PING").readLong();
        if (streamId != 0) {
            throw protocolError("PING on a stream");
        }
        if ((flags & Frames.ACK) != 0) {
            misuse.answered();
            connection.listener().onPong(data);
        } else {
            misuse.idleFrame();
            connection.outgoing().writer().ping(true, data);
            connection.listener().onPing();
            connection.flush();
        }
    }

    /** Streams above the last one that it names were not and will not be looked at (section 6.8). */
    void onGoAway(int streamId, ByteBuf payload) throws Http2Exception {
        if (streamId != 0) {
            throw protocolError("GOAWAY on a stream");
        }
        misuse.idleFrame();
        int last = payload.readInt() & Integer.MAX_VALUE;
        connection.listener().onGoAway();
        if (role == Multiplexer.Role.CLIENT) {
            streams.all().stream()
                    .filter(stream -> stream.id() > last)
                    .forEach(stream -> stream.close(Http2Error.REFUSED_STREAM.code()));
        }
    }

    /** Priorities are ignored, but their frames are checked (section 6.3). */
    void onPriority(int streamId, ByteBuf payload) throws Http2Exception {
        misuse.idleFrame();
        if (streamId == 0) {
            throw protocolError("PRIORITY without a stream");
        }
        if (payload.readableBytes() != 5 && streams.find(streamId) != null) {
            throw Http2Exception.streamError(streamId, Http2Error.FRAME_SIZE_ERROR, "PRIORITY (expected: 5 bytes)");
        }
    }

    private static Http2Exception protocolError(String what) {
        return Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, what);
    }
}
