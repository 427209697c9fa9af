package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * Puts the peer's header blocks together (RFC 9113, section 4.3) and decodes them. A block in several frames is bounded
 * like a list in one: CONTINUATION without end is no way around (CERT/CC VU#421644). Event loop only.
 */
final class HeaderBlocks {
    private static final int MAX_CONTINUATIONS = 64;

    private final DefaultHttp2HeadersDecoder hpack;
    private final int maxBytes;
    private @Nullable ByteBuf block;
    private int continuations;
    private int streamId;
    private boolean endStream;

    HeaderBlocks(int maxListBytes) {
        this.hpack = new DefaultHttp2HeadersDecoder(true, true, maxListBytes);
        this.maxBytes = maxListBytes;
    }

    /** The stream whose block goes on; 0 if none does, and then CONTINUATION is an error. */
    int openStream() {
        return block == null ? 0 : streamId;
    }

    /** Whether the block that is complete now ends its stream. */
    boolean endsStream() {
        return endStream;
    }

    /** Takes a HEADERS frame; the list if that is all of it, null if CONTINUATION follows. */
    @Nullable
    Http2Headers begin(int id, int flags, ByteBuf payload, ByteBufAllocator allocator) throws Http2Exception {
        streamId = id;
        endStream = (flags & Frames.END_STREAM) != 0;
        int padding = (flags & Frames.PADDED) != 0 ? payload.readUnsignedByte() : 0;
        if ((flags & Frames.HAS_PRIORITY) != 0) {
            payload.skipBytes(5);
        }
        if (padding > payload.readableBytes()) {
            throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "padding longer than its frame");
        }
        payload.writerIndex(payload.writerIndex() - padding);
        if ((flags & Frames.END_HEADERS) != 0) {
            return hpack.decodeHeaders(id, payload);
        }
        continuations = 0;
        block = allocator.buffer(payload.readableBytes() * 2).writeBytes(payload);
        return null;
    }

    /** Takes a CONTINUATION frame of {@link #openStream}. */
    @Nullable
    Http2Headers go(int flags, ByteBuf payload) throws Http2Exception {
        ByteBuf gathered = block;
        if (gathered == null) {
            throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "CONTINUATION of nothing");
        }
        continuations++;
        if (continuations > MAX_CONTINUATIONS || gathered.readableBytes() + payload.readableBytes() > maxBytes) {
            throw Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "a header block of more than %d bytes or frames", maxBytes);
        }
        gathered.writeBytes(payload);
        if ((flags & Frames.END_HEADERS) == 0) {
            return null;
        }
        block = null;
        try {
            return hpack.decodeHeaders(streamId, gathered);
        } finally {
            gathered.release();
        }
    }

    void release() {
        if (block != null) {
            block.release();
            block = null;
        }
    }
}
