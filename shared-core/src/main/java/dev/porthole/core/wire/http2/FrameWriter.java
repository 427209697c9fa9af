package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames behind each other into one buffer, so that many of them leave in one write. Bodies go beside it as they
 * are; only pieces too small to deserve a place of their own in the socket's queue are copied. Event loop only.
 *
 * <p>The buffer is kept from one flush to the next: a new one for each costs a busy session a tenth of its requests. It
 * is given back with each PING, which is all that a quiet session sends: thousands of them hold no buffers. Not while
 * the socket is full, so that small frames for a peer that does not read share one.
 */
final class FrameWriter {
    private static final int CHUNK_BYTES = 8 * 1024;
    private static final int CHUNK_ENDS_BELOW = 1024;

    /** A copy of this many bytes costs less than an entry in the channel's outbound buffer and an iovec. */
    private static final int COPIED_UP_TO = 1024;

    private final ChannelHandlerContext context;
    private final HpackEncoder hpack = new HpackEncoder();
    private int maxFrameBytes = Frames.DEFAULT_MAX_FRAME_BYTES;
    private @Nullable ByteBuf chunk;
    private int unsent;
    private boolean resting;
    private boolean released;

    FrameWriter(ChannelHandlerContext context) {
        this.context = context;
    }

    int maxFrameBytes() {
        return maxFrameBytes;
    }

    void maxFrameBytes(int bytes) {
        maxFrameBytes = bytes;
    }

    /** What the peer keeps of header compression's table. */
    void maxTableBytes(long bytes) {
        hpack.maxTableBytes(bytes);
    }

    void maxHeaderListBytes(long bytes) {
        hpack.maxListBytes(bytes);
    }

    /**
     * Writes a header block, in CONTINUATION frames where it is longer than the peer takes.
     *
     * @throws Http2Exception if the list is larger than the peer takes; nothing was written then
     */
    void headers(int streamId, Http2Headers headers, boolean endStream) throws Http2Exception {
        ByteBuf out = chunk();
        int start = out.writerIndex();
        out.writeZero(Frames.HEADER_BYTES);
        boolean encoded = false;
        try {
            hpack.encode(streamId, headers, out);
            encoded = true;
        } finally {
            if (!encoded) {
                out.writerIndex(start);
            }
        }
        int length = out.writerIndex() - start - Frames.HEADER_BYTES;
        int first = Math.min(length, maxFrameBytes);
        int flags = (endStream ? Frames.END_STREAM : 0) | (first == length ? Frames.END_HEADERS : 0);
        setHeader(out, start, first, Frames.HEADERS, flags, streamId);
        if (first < length) {
            ByteBuf rest = out.copy(start + Frames.HEADER_BYTES + first, length - first);
            out.writerIndex(start + Frames.HEADER_BYTES + first);
            continuations(streamId, rest);
        }
    }

    private void continuations(int streamId, ByteBuf rest) {
        try {
            while (rest.isReadable()) {
                int bytes = Math.min(rest.readableBytes(), maxFrameBytes);
                header(bytes, Frames.CONTINUATION, bytes == rest.readableBytes() ? Frames.END_HEADERS : 0, streamId)
                        .writeBytes(rest, bytes);
            }
        } finally {
            rest.release();
        }
    }

    /** Writes one DATA frame, not longer than the peer takes. Takes over the buffer. */
    void data(int streamId, ByteBuf data, boolean endStream) {
        int bytes = data.readableBytes();
        ByteBuf out = header(bytes, Frames.DATA, endStream ? Frames.END_STREAM : 0, streamId);
        if (bytes <= COPIED_UP_TO) {
            out.writeBytes(data);
            data.release();
        } else {
            cut();
            context.write(data, context.voidPromise());
        }
    }

    void reset(int streamId, long errorCode) {
        header(4, Frames.RST_STREAM, 0, streamId).writeInt((int) errorCode);
    }

    void windowUpdate(int streamId, int bytes) {
        header(4, Frames.WINDOW_UPDATE, 0, streamId).writeInt(bytes);
    }

    void ping(boolean ack, long data) {
        header(8, Frames.PING, ack ? Frames.ACK : 0, 0).writeLong(data);
        resting = true;
    }

    /** Writes SETTINGS: pairs of identifier and value. */
    void settings(int... pairs) {
        ByteBuf out = header(pairs.length / 2 * 6, Frames.SETTINGS, 0, 0);
        for (int at = 0; at < pairs.length; at += 2) {
            out.writeShort(pairs[at]).writeInt(pairs[at + 1]);
        }
    }

    void settingsAck() {
        header(0, Frames.SETTINGS, Frames.ACK, 0);
    }

    void goAway(int lastStreamId, Http2Error error) {
        header(8, Frames.GOAWAY, 0, 0).writeInt(lastStreamId).writeInt((int) error.code());
    }

    /** Writes bytes that are no frame: the connection preface. */
    void preface(ByteBuf bytes) {
        chunk().writeBytes(bytes);
        bytes.release();
    }

    /** Hands everything over to the channel and flushes it. */
    void flush() {
        cut();
        context.flush();
        if (resting) {
            rest();
        }
    }

    private void rest() {
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        // The flush may have made room for streams that waited, whose frames are in the buffer now.
        boolean allHandedOver = chunk == null || chunk.writerIndex() == unsent;
        if (allHandedOver && (waiting == null || waiting.isEmpty())) {
            resting = false;
            releaseChunk();
        }
    }

    /** The connection is over: what is written from now on goes nowhere. */
    void release() {
        released = true;
        releaseChunk();
    }

    private void releaseChunk() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }

    private ByteBuf header(int length, byte type, int flags, int streamId) {
        ByteBuf out = chunk();
        out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(streamId);
        return out;
    }

    private static void setHeader(ByteBuf out, int at, int length, byte type, int flags, int streamId) {
        out.setMedium(at, length).setByte(at + 3, type).setByte(at + 4, flags).setInt(at + 5, streamId);
    }

    private ByteBuf chunk() {
        if (released) {
            return Unpooled.buffer(CHUNK_BYTES);
        }
        ByteBuf current = chunk;
        if (current != null && current.writableBytes() >= CHUNK_ENDS_BELOW + COPIED_UP_TO) {
            return current;
        }
        if (current != null) {
            cut();
            releaseChunk();
        }
        ByteBuf fresh = context.alloc().directBuffer(CHUNK_BYTES);
        chunk = fresh;
        unsent = 0;
        return fresh;
    }

    /** What is in the buffer goes to the channel; what is written next comes behind it. */
    private void cut() {
        ByteBuf current = chunk;
        if (current != null && current.writerIndex() > unsent) {
            context.write(current.retainedSlice(unsent, current.writerIndex() - unsent), context.voidPromise());
            unsent = current.writerIndex();
        }
    }
}
