package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** Does what the peer's frames say, each checked against RFC 9113, section 6. Event loop only. */
final class Incoming implements FrameReader.Sink {
    private final Multiplexer connection;
    private final Multiplexer.Role role;
    private final FrameReader reader;
    private final HeaderBlocks blocks;
    private final Misuse misuse;
    private @Nullable ByteBufAllocator allocator;
    private @Nullable Stream dataStream;
    private int dataDue;

    Incoming(Multiplexer connection, Multiplexer.Role role, Multiplexer.Limits limits) {
        this.connection = connection;
        this.role = role;
        this.reader = new FrameReader(this, limits.frame(), role == Multiplexer.Role.SERVER);
        this.blocks = new HeaderBlocks(limits.headerList());
        this.misuse = new Misuse(limits.misuse());
    }

    /** Reads bytes. True if it was stopped by one stream's violation, which is dealt with, and has to go on. */
    boolean read(ByteBuf bytes, ByteBufAllocator alloc) {
        allocator = alloc;
        try {
            try {
                reader.read(bytes, alloc);
                return false;
            } catch (Http2Exception violation) {
                if (!Http2Exception.isStreamError(violation)) {
                    throw violation;
                }
                misuse.reset();
                connection.failStream(Http2Exception.streamId(violation), violation.error());
                return true;
            }
        } catch (Http2Exception violation) {
            connection.fail(violation);
            return false;
        } catch (IndexOutOfBoundsException tooShort) {
            connection.fail(Http2Exception.connectionError(Http2Error.FRAME_SIZE_ERROR, "a frame that is too short"));
            return false;
        }
    }

    void release() {
        reader.release();
        blocks.release();
    }

    @Override
    public void onDataBegins(int streamId, int flowControlled) throws Http2Exception {
        if (connection.isOver()) {
            return;
        }
        settingsCameFirst(Frames.DATA);
        noBlockIsOpen();
        dataStream = null;
        dataDue = flowControlled;
        connection.received(flowControlled);
        Stream stream = connection.stream(streamId);
        if (stream == null) {
            mustHaveBeenOpen(streamId, "DATA");
        } else {
            stream.onDataBegins(flowControlled);
            dataStream = stream;
        }
    }

    @Override
    public void onData(int streamId, ByteBuf bytes, boolean last, boolean endStream) throws Http2Exception {
        if (last && !endStream && !bytes.isReadable()) {
            misuse.idleFrame();
        }
        Stream stream = dataStream;
        if (stream == null || stream.isClosed()) {
            return;
        }
        dataDue -= bytes.readableBytes();
        guarded(stream, () -> stream.onData(bytes, endStream));
        if (last) {
            // The padding and its length: no listener saw them, so none will give them back.
            stream.consumed(dataDue);
        }
    }

    @Override
    public void onFrame(int type, int flags, int streamId, ByteBuf payload) throws Http2Exception {
        if (connection.isOver()) {
            return;
        }
        settingsCameFirst(type);
        if (type == Frames.CONTINUATION) {
            onContinuation(flags, streamId, payload);
            return;
        }
        noBlockIsOpen();
        switch (type) {
            case Frames.HEADERS -> onHeaders(flags, streamId, payload);
            case Frames.RST_STREAM -> onReset(streamId, payload);
            case Frames.SETTINGS -> onSettings(flags, streamId, payload);
            case Frames.PING -> onPing(flags, streamId, payload);
            case Frames.GOAWAY -> onGoAway(streamId, payload);
            case Frames.WINDOW_UPDATE -> onWindowUpdate(streamId, payload);
            case Frames.PRIORITY -> onPriority(streamId, payload);
            case Frames.PUSH_PROMISE -> throw protocolError("PUSH_PROMISE (expected: none, as SETTINGS say)");
            default -> misuse.idleFrame();
        }
    }

    private void onHeaders(int flags, int streamId, ByteBuf payload) throws Http2Exception {
        if (streamId == 0) {
            throw protocolError("HEADERS without a stream");
        }
        Http2Headers headers;
        try {
            headers = blocks.begin(streamId, flags, payload, java.util.Objects.requireNonNull(allocator));
        } catch (Http2Exception malformed) {
            throw remembered(streamId, malformed);
        }
        if (headers != null) {
            take(streamId, headers);
        }
    }

    private void onContinuation(int flags, int streamId, ByteBuf payload) throws Http2Exception {
        if (streamId == 0 || blocks.openStream() != streamId) {
            throw protocolError("CONTINUATION out of place");
        }
        Http2Headers headers;
        try {
            headers = blocks.go(flags, payload);
        } catch (Http2Exception malformed) {
            throw remembered(streamId, malformed);
        }
        if (headers != null) {
            take(streamId, headers);
        }
    }

    /** A stream that began with malformed fields was there: what its sender has sent behind them is no violation. */
    private Http2Exception remembered(int streamId, Http2Exception malformed) throws Http2Exception {
        if (Http2Exception.isStreamError(malformed)
                && connection.stream(streamId) == null
                && !connection.wasOpen(streamId)) {
            connection.began(streamId);
        }
        return malformed;
    }

    private void take(int streamId, Http2Headers headers) throws Http2Exception {
        boolean end = blocks.endsStream();
        Stream stream = connection.stream(streamId);
        if (stream != null) {
            if (role == Multiplexer.Role.SERVER && !end) {
                throw Http2Exception.streamError(
                        streamId, Http2Error.PROTOCOL_ERROR, "fields in the middle of a request");
            }
            guarded(stream, () -> stream.onHeaders(headers, end));
        } else if (!connection.wasOpen(streamId)) {
            open(streamId, headers, end);
        } else {
            misuse.idleFrame();
        }
    }

    private void open(int streamId, Http2Headers head, boolean end) throws Http2Exception {
        Stream opened = connection.accept(streamId);
        if (opened == null) {
            misuse.reset();
            return;
        }
        opened.onRequest(head, end);
        guarded(opened, () -> {
            StreamReceiver receiver = connection.listener().onStream(opened, head, end);
            opened.receiver(receiver);
            if (opened.isClosed()) {
                receiver.onClosed(end, Http2Error.NO_ERROR.code());
            }
        });
    }

    private void onReset(int streamId, ByteBuf payload) throws Http2Exception {
        long errorCode = exactly(4, payload, "RST_STREAM").readUnsignedInt();
        misuse.reset();
        Stream stream = connection.stream(streamId);
        if (stream == null) {
            mustHaveBeenOpen(streamId, "RST_STREAM");
        } else {
            guarded(stream, () -> stream.onReset(errorCode));
        }
    }

    private void onSettings(int flags, int streamId, ByteBuf payload) throws Http2Exception {
        if (streamId != 0) {
            throw protocolError("SETTINGS on a stream");
        }
        if ((flags & Frames.ACK) != 0) {
            exactly(0, payload, "an acknowledgement");
            answered();
            return;
        }
        misuse.idleFrame();
        connection.takeSettings(payload);
    }

    private void onPing(int flags, int streamId, ByteBuf payload) throws Http2Exception {
        long data = exactly(8, payload, "PING").readLong();
        if (streamId != 0) {
            throw protocolError("PING on a stream");
        }
        if ((flags & Frames.ACK) != 0) {
            answered();
            connection.listener().onPong(data);
        } else {
            misuse.idleFrame();
            connection.writer().ping(true, data);
            connection.flush();
        }
    }

    private void answered() throws Http2Exception {
        if (!connection.takesAnswer()) {
            misuse.idleFrame();
        }
    }

    private void onGoAway(int streamId, ByteBuf payload) throws Http2Exception {
        if (streamId != 0) {
            throw protocolError("GOAWAY on a stream");
        }
        misuse.idleFrame();
        connection.peerGoesAway(payload.readInt() & Integer.MAX_VALUE);
    }

    private void onWindowUpdate(int streamId, ByteBuf payload) throws Http2Exception {
        int bytes = exactly(4, payload, "WINDOW_UPDATE").readInt() & Integer.MAX_VALUE;
        if (streamId == 0) {
            if (bytes == 0) {
                throw protocolError("WINDOW_UPDATE of 0");
            }
            connection.widened(bytes);
            return;
        }
        Stream stream = connection.stream(streamId);
        if (stream == null) {
            mustHaveBeenOpen(streamId, "WINDOW_UPDATE");
        } else if (bytes == 0) {
            throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "WINDOW_UPDATE of 0");
        } else {
            connection.widened(stream, bytes);
        }
    }

    /** Priorities are ignored, but their frames are checked (section 6.3). */
    private void onPriority(int streamId, ByteBuf payload) throws Http2Exception {
        misuse.idleFrame();
        if (streamId == 0) {
            throw protocolError("PRIORITY without a stream");
        }
        if (payload.readableBytes() != 5 && connection.stream(streamId) != null) {
            throw Http2Exception.streamError(streamId, Http2Error.FRAME_SIZE_ERROR, "PRIORITY (expected: 5 bytes)");
        }
    }

    /** What a receiver found wrong with its stream; a violation of the connection if there are too many. */
    void count() throws Http2Exception {
        misuse.reset();
    }

    /** Whether the peer has begun a frame or a header block and not ended it. */
    boolean isInsideFields() {
        return blocks.openStream() != 0 || reader.isInsideFrame();
    }

    private void settingsCameFirst(int type) throws Http2Exception {
        if (!connection.hasPeerSettings() && type != Frames.SETTINGS) {
            throw protocolError("the first frame is of type " + type + " (expected: SETTINGS)");
        }
    }

    private void noBlockIsOpen() throws Http2Exception {
        if (blocks.openStream() != 0) {
            throw protocolError("a frame in the middle of a header block");
        }
    }

    private void mustHaveBeenOpen(int streamId, String what) throws Http2Exception {
        if (streamId == 0 || !connection.wasOpen(streamId)) {
            throw protocolError(what + " for stream " + streamId + ", which nobody opened");
        }
    }

    private static ByteBuf exactly(int bytes, ByteBuf payload, String what) throws Http2Exception {
        if (payload.readableBytes() != bytes) {
            throw Http2Exception.connectionError(
                    Http2Error.FRAME_SIZE_ERROR, "%s of %d bytes (expected: %d)", what, payload.readableBytes(), bytes);
        }
        return payload;
    }

    private static Http2Exception protocolError(String what) {
        return Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, what);
    }

    /** One exchange's defect ends its own stream, never the session of all. */
    private static void guarded(Stream stream, Delivery delivery) throws Http2Exception {
        try {
            delivery.run();
        } catch (RuntimeException defect) {
            throw Http2Exception.streamError(
                    stream.id(), Http2Error.INTERNAL_ERROR, defect, "what the peer said was not taken");
        }
    }

    private interface Delivery {
        void run() throws Http2Exception;
    }
}
