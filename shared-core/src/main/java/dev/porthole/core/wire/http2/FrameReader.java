package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a connection's bytes into frames (RFC 9113, section 4.1). DATA is passed on as it comes, never gathered; every
 * other frame is small, and whole when its sink sees it. Event loop only.
 */
final class FrameReader {
    /** Takes frames. Buffers stay the reader's: whoever keeps one retains it. */
    interface Sink {
        /** DATA begins: so many bytes count against the windows, padding included. */
        void onDataBegins(int streamId, int flowControlled) throws Http2Exception;

        /** The next bytes of that DATA. {@code last}: its last ones. {@code endStream}: with them the stream ends. */
        void onData(int streamId, ByteBuf bytes, boolean last, boolean endStream) throws Http2Exception;

        /** Any other frame, known or not. */
        void onFrame(int type, int flags, int streamId, ByteBuf payload) throws Http2Exception;
    }

    private final Sink sink;
    private final int maxFrameBytes;
    private final byte[] header = new byte[Frames.HEADER_BYTES];
    private int headerBytes;
    private int prefaceBytes;
    private int type = -1;
    private int flags;
    private int streamId;
    private int remaining;
    private int padding;
    private boolean padLengthDue;
    private @Nullable ByteBuf gathered;

    /** {@code preface}: whether the peer is the client, who begins with the connection preface. */
    FrameReader(Sink sink, int maxFrameBytes, boolean preface) {
        this.sink = sink;
        this.maxFrameBytes = maxFrameBytes;
        this.prefaceBytes = preface ? Http2CodecUtil.connectionPrefaceBuf().readableBytes() : 0;
    }

    /** Reads all of {@code in}, which stays the caller's. */
    void read(ByteBuf in, ByteBufAllocator allocator) throws Http2Exception {
        if (prefaceBytes > 0) {
            readPreface(in);
        }
        while (true) {
            if (type < 0) {
                if (!readHeader(in)) {
                    return;
                }
            } else if (type == Frames.DATA) {
                if (!readData(in)) {
                    return;
                }
            } else if (!readPayload(in, allocator)) {
                return;
            }
        }
    }

    /** A payload that has the one length of its kind (section 6). */
    static ByteBuf exactly(int bytes, ByteBuf payload, String what) throws Http2Exception {
        if (payload.readableBytes() != bytes) {
            throw Http2Exception.connectionError(
                    Http2Error.FRAME_SIZE_ERROR, "%s of %d bytes (expected: %d)", what, payload.readableBytes(), bytes);
        }
        return payload;
    }

    /** Whether part of a frame has come that is not DATA, or part of the preface. */
    boolean isInsideFrame() {
        return headerBytes > 0 || gathered != null || prefaceBytes > 0;
    }

    void release() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }

    private void readPreface(ByteBuf in) throws Http2Exception {
        ByteBuf expected = Http2CodecUtil.connectionPrefaceBuf();
        while (prefaceBytes > 0 && in.isReadable()) {
            byte octet = expected.getByte(expected.writerIndex() - prefaceBytes);
            if (in.readByte() != octet) {
                throw Http2Exception.connectionError(
                        Http2Error.PROTOCOL_ERROR, "no connection preface (expected: RFC 9113, section 3.4)");
            }
            prefaceBytes--;
        }
    }

    private boolean readHeader(ByteBuf in) throws Http2Exception {
        if (headerBytes == 0 && in.readableBytes() >= Frames.HEADER_BYTES) {
            int at = in.readerIndex();
            in.skipBytes(Frames.HEADER_BYTES);
            begin(in.getUnsignedMedium(at), in.getByte(at + 3), in.getByte(at + 4), in.getInt(at + 5));
            return true;
        }
        int missing = Math.min(Frames.HEADER_BYTES - headerBytes, in.readableBytes());
        in.readBytes(header, headerBytes, missing);
        headerBytes += missing;
        if (headerBytes < Frames.HEADER_BYTES) {
            return false;
        }
        headerBytes = 0;
        begin(int24(0), header[3], header[4], (int24(5) << 8) | (header[8] & 0xff));
        return true;
    }

    private int int24(int at) {
        return ((header[at] & 0xff) << 16) | ((header[at + 1] & 0xff) << 8) | (header[at + 2] & 0xff);
    }

    private void begin(int length, byte frameType, byte frameFlags, int id) throws Http2Exception {
        if (length > maxFrameBytes) {
            throw Http2Exception.connectionError(
                    Http2Error.FRAME_SIZE_ERROR, "a frame of %d bytes (expected: up to %d)", length, maxFrameBytes);
        }
        type = frameType & 0xff;
        flags = frameFlags;
        streamId = id & Integer.MAX_VALUE;
        remaining = length;
        padding = 0;
        if (type == Frames.DATA) {
            padLengthDue = (flags & Frames.PADDED) != 0;
            if (padLengthDue && length == 0) {
                throw Http2Exception.connectionError(Http2Error.FRAME_SIZE_ERROR, "no room for the padding's length");
            }
            sink.onDataBegins(streamId, length);
        }
    }

    /** False if more bytes are needed to go on. */
    private boolean readData(ByteBuf in) throws Http2Exception {
        if (padLengthDue) {
            if (!in.isReadable()) {
                return false;
            }
            padding = in.readUnsignedByte();
            remaining -= 1 + padding;
            padLengthDue = false;
            if (remaining < 0) {
                throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "padding longer than its frame");
            }
        }
        boolean end = (flags & Frames.END_STREAM) != 0;
        if (remaining > 0) {
            int bytes = Math.min(remaining, in.readableBytes());
            if (bytes == 0) {
                return false;
            }
            remaining -= bytes;
            if (remaining == 0 && padding == 0) {
                type = -1;
            }
            sink.onData(streamId, in.readSlice(bytes), type < 0, type < 0 && end);
            return true;
        }
        int skipped = Math.min(padding, in.readableBytes());
        in.skipBytes(skipped);
        padding -= skipped;
        if (padding > 0) {
            return false;
        }
        type = -1;
        sink.onData(streamId, in.readSlice(0), true, end);
        return true;
    }

    private boolean readPayload(ByteBuf in, ByteBufAllocator allocator) throws Http2Exception {
        if (gathered == null && in.readableBytes() >= remaining) {
            int whole = type;
            type = -1;
            sink.onFrame(whole, flags, streamId, in.readSlice(remaining));
            return true;
        }
        if (gathered == null) {
            gathered = allocator.buffer(remaining, remaining);
        }
        int bytes = Math.min(gathered.writableBytes(), in.readableBytes());
        gathered.writeBytes(in, bytes);
        if (gathered.isWritable()) {
            return false;
        }
        ByteBuf payload = gathered;
        gathered = null;
        int whole = type;
        type = -1;
        try {
            sink.onFrame(whole, flags, streamId, payload);
        } finally {
            payload.release();
        }
        return true;
    }
}
