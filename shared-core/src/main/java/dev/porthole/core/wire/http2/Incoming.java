package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Does what the peer's frames say, each checked against RFC 9113, section 6: those of streams by itself, the others are
 * {@link ControlFrames}'. Event loop only.
 */
final class Incoming implements FrameReader.Sink {
    private final Multiplexer connection;
    private final Multiplexer.Role role;
    private final Streams streams;
    private final PeerSettings peer;
    private final Misuse misuse;
    private final FrameReader reader;
    private final HeaderBlocks blocks;
    private final SharedWindow window;
    private final ControlFrames control;
    private @Nullable ByteBufAllocator allocator;
    private @Nullable Stream dataStream;
    private int dataDue;

    Incoming(
            Multiplexer connection,
            Multiplexer.Role role,
            ConnectionLimits limits,
            Streams streams,
            PeerSettings peer,
            Misuse misuse) {
        this.connection = connection;
        this.role = role;
        this.streams = streams;
        this.peer = peer;
        this.misuse = misuse;
        this.reader = new FrameReader(this, limits.frame(), role == Multiplexer.Role.SERVER);
        this.blocks = new HeaderBlocks(limits.headerList());
        this.window = new SharedWindow(limits.connectionWindow());
        this.control = new ControlFrames(connection, role, streams, peer, misuse);
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
                failStream(Http2Exception.streamId(violation), violation.error());
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

    /** A stream's own violation: it ends, the others go on. */
    private void failStream(int id, Http2Error error) {
        Stream stream = streams.find(id);
        if (stream != null) {
            stream.reset(error);
        } else {
            refuse(id, error);
        }
    }

    private void refuse(int id, Http2Error error) {
        connection.outgoing().writer().reset(id, error.code());
        connection.flush();
    }

    /** A receiver found its stream wrong: too many of those, and the peer loses the connection. */
    void violated() {
        try {
            misuse.reset();
        } catch (Http2Exception tooMany) {
            // Not now: the frame that brought it is still being read.
            connection.outgoing().later(() -> {
                if (!connection.isOver()) {
                    connection.fail(tooMany);
                }
            });
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
        int update = window.takes(flowControlled);
        if (update > 0) {
            connection.outgoing().writer().windowUpdate(0, update);
            connection.flush();
        }
        Stream stream = streams.find(streamId);
        if (stream == null) {
            streams.mustHaveBeenOpen(streamId, "DATA");
        } else {
            stream.receiving().onDataBegins(flowControlled);
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
            case Frames.SETTINGS -> control.onSettings(flags, streamId, payload);
            case Frames.PING -> control.onPing(flags, streamId, payload);
            case Frames.GOAWAY -> control.onGoAway(streamId, payload);
            case Frames.WINDOW_UPDATE -> control.onWindowUpdate(streamId, payload);
            case Frames.PRIORITY -> control.onPriority(streamId, payload);
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
            headers = blocks.begin(streamId, flags, payload, Objects.requireNonNull(allocator));
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
        if (Http2Exception.isStreamError(malformed) && streams.find(streamId) == null && !streams.wasOpen(streamId)) {
            streams.began(streamId);
        }
        return malformed;
    }

    private void take(int streamId, Http2Headers headers) throws Http2Exception {
        boolean end = blocks.endsStream();
        Stream stream = streams.find(streamId);
        if (stream != null) {
            if (role == Multiplexer.Role.SERVER && !end) {
                throw Http2Exception.streamError(
                        streamId, Http2Error.PROTOCOL_ERROR, "fields in the middle of a request");
            }
            guarded(stream, () -> stream.onHeaders(headers, end));
        } else if (!streams.wasOpen(streamId)) {
            open(streamId, headers, end);
        } else {
            misuse.idleFrame();
        }
    }

    private void open(int streamId, Http2Headers head, boolean end) throws Http2Exception {
        streams.began(streamId);
        if (!streams.hasRoom()) {
            refuse(streamId, Http2Error.REFUSED_STREAM);
            misuse.reset();
            return;
        }
        Stream opened = streams.add(streamId, connection);
        opened.receiving().onRequest(head, end);
        guarded(opened, () -> {
            StreamReceiver receiver = connection.listener().onStream(opened, head, end);
            opened.receiver(receiver);
            if (opened.isClosed()) {
                receiver.onClosed(end, Http2Error.NO_ERROR.code());
            }
        });
    }

    private void onReset(int streamId, ByteBuf payload) throws Http2Exception {
        long errorCode = FrameReader.exactly(4, payload, "RST_STREAM").readUnsignedInt();
        misuse.reset();
        Stream stream = streams.find(streamId);
        if (stream == null) {
            streams.mustHaveBeenOpen(streamId, "RST_STREAM");
        } else {
            guarded(stream, () -> stream.close(errorCode));
        }
    }

    /** Whether the peer has begun a frame or a header block and not ended it. */
    boolean isInsideFields() {
        return blocks.openStream() != 0 || reader.isInsideFrame();
    }

    private void settingsCameFirst(int type) throws Http2Exception {
        if (!peer.received() && type != Frames.SETTINGS) {
            throw protocolError("the first frame is of type " + type + " (expected: SETTINGS)");
        }
    }

    private void noBlockIsOpen() throws Http2Exception {
        if (blocks.openStream() != 0) {
            throw protocolError("a frame in the middle of a header block");
        }
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
