package dev.porthole.core.wire.http2;

import dev.porthole.core.wire.UnindexedFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of an HTTP/2 connection (RFC 9113): the last handler of its channel, which takes bytes and gives bytes. Added
 * to a channel that is closed, it says at once that the connection has ended.
 *
 * <p>Event loop only. The connection's receive window refills by itself and each stream's as {@link Stream#consumed}
 * says: whoever stops reading holds back one stream, never the others. Sending goes round the groups of streams that
 * wait ({@link Stream#takesTurnsWith}) and round the streams of each, a quantum at a time. A peer that breaks the
 * protocol loses its stream or, where the connection's state is in doubt, the connection; so does one that sends more
 * frames that achieve nothing than {@link Misuse} allows.
 */
public final class Multiplexer extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Multiplexer.class);

    /** Bytes that one stream sends before the next one's turn, when several wait for the connection. */
    private static final int QUANTUM_BYTES = 64 * 1024;

    /**
     * Flushes of one turn of the event loop that become one, at most. Few: the other end begins on the first streams of
     * a turn while this end still works on the last ones. Held for a whole turn, both ends wait for each other in
     * lockstep.
     */
    private static final int FLUSHES_HELD = 8;

    /**
     * Of the 2^30 streams that one end may open in a connection's life (RFC 9113, section 5.1.1), 2^20 are left then.
     */
    static final int WORN_AT = Integer.MAX_VALUE - (1 << 21);

    private final Role role;
    private final Limits limits;
    private final ConnectionListener listener;
    private final Http2HeadersEncoder hpack = new DefaultHttp2HeadersEncoder(UnindexedFields.INSTANCE, false);
    private final Incoming incoming;
    private final PeerSettings peer = new PeerSettings();
    private final IntObjectMap<Stream> streams = new IntObjectHashMap<>();
    private final Turns line = new Turns();
    private final Turns starving = new Turns();
    private @Nullable ChannelHandlerContext context;
    private @Nullable FrameWriter writer;
    private int nextStreamId = 1;
    private int lastPeerStreamId;
    private int sendWindow = Frames.DEFAULT_WINDOW_BYTES;
    private int receiveWindow = Frames.DEFAULT_WINDOW_BYTES;
    private int unreported;
    private int flushes;
    private boolean reading;
    private boolean flushDue;
    private boolean goingAway;
    /** PINGs and SETTINGS that the peer has not acknowledged. */
    private int answersDue = 1;

    private boolean over;
    private final LongSupplier nanos;
    private long lastReadNanos;
    private long sentDataBytes;

    /** Which end this is. The client opens streams and the server answers them, whoever dialled. */
    public enum Role {
        CLIENT,
        SERVER
    }

    /**
     * What this end takes, told to the peer in SETTINGS.
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
    public record Limits(
            int streams,
            int connectionWindow,
            int streamWindow,
            int frame,
            int headerList,
            boolean connectProtocol,
            Misuse.Allowance misuse,
            WindowBudget budget) {
        /** With a budget of one connection's window for all that have these limits. */
        public Limits(
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

        void announce(FrameWriter writer, Role role) {
            writer.settings(
                    Frames.SETTINGS_ENABLE_PUSH,
                    0,
                    Frames.SETTINGS_MAX_CONCURRENT_STREAMS,
                    role == Role.CLIENT ? 0 : streams,
                    Frames.SETTINGS_INITIAL_WINDOW_SIZE,
                    Math.min(streamWindow, ReceiveWindow.FIRST_BYTES),
                    Frames.SETTINGS_MAX_FRAME_SIZE,
                    frame,
                    Frames.SETTINGS_MAX_HEADER_LIST_SIZE,
                    headerList,
                    Frames.SETTINGS_ENABLE_CONNECT_PROTOCOL,
                    connectProtocol ? 1 : 0);
        }
    }

    public Multiplexer(Role role, Limits limits, ConnectionListener listener) {
        this(role, limits, listener, System::nanoTime);
    }

    /** With a clock that a test moves, in nanoseconds. */
    public Multiplexer(Role role, Limits limits, ConnectionListener listener, LongSupplier nanos) {
        this.nanos = nanos;
        this.lastReadNanos = nanos.getAsLong();
        this.role = role;
        this.limits = limits;
        this.listener = listener;
        this.incoming = new Incoming(this, role, limits);
    }

    // ---- What a session does with it.

    /** Whether the connection has ended. */
    public boolean isOver() {
        return over;
    }

    /** Streams that are open now. */
    public int activeStreams() {
        return streams.size();
    }

    /** Whether the peer takes one stream more. Streams with an end on one side only count too. */
    public boolean canOpen() {
        return !over && streams.size() < peer.maxConcurrentStreams() && nextStreamId > 0;
    }

    /** Whether so many streams were opened that another connection should follow: their numbers are not used again. */
    public boolean isWorn() {
        return nextStreamId > WORN_AT || nextStreamId < 0;
    }

    /** The number of the next stream; a test begins near the last one. */
    void nextStreamId(int id) {
        nextStreamId = id;
    }

    /** How many streams more the peer takes. */
    public long streamsLeft() {
        return Math.max(0, peer.maxConcurrentStreams() - streams.size());
    }

    /** Whether the peer's first SETTINGS came. */
    public boolean hasPeerSettings() {
        return peer.received();
    }

    /** Whether the peer takes extended CONNECT (RFC 8441, section 3). */
    public boolean takesConnectProtocol() {
        return peer.connectProtocol();
    }

    /** When bytes last came, as {@link System#nanoTime}. */
    public long lastReadNanos() {
        return lastReadNanos;
    }

    /** Bytes of bodies that were given to the connection so far. */
    long sentDataBytes() {
        return sentDataBytes;
    }

    long nanos() {
        return nanos.getAsLong();
    }

    /** The peer is gone without a word: its streams end now, whatever the socket still does. */
    void abandon() {
        end();
        context().close();
    }

    /**
     * Opens a stream with a request; not flushed.
     *
     * @return null if the fields are more than the peer takes; nothing was sent then
     */
    public @Nullable Stream open(Http2Headers request, boolean end, StreamReceiver receiver) {
        int id = nextStreamId;
        try {
            writer().headers(id, request, end);
        } catch (Http2Exception tooLarge) {
            LOG.debug("a request was not sent: {}", tooLarge.getMessage());
            return null;
        }
        nextStreamId += 2;
        Stream stream = new Stream(this, id, peer.initialWindow(), receiveWindow());
        stream.receiver(receiver);
        streams.put(id, stream);
        stream.opened(end);
        return stream;
    }

    /** Sends a PING and flushes it. */
    public void ping(long data) {
        if (!over) {
            answersDue++;
            writer().ping(false, data);
            writer().flush();
        }
    }

    /** The peer acknowledges something. False if nothing was asked: then it only makes work. */
    boolean takesAnswer() {
        boolean asked = answersDue > 0;
        answersDue -= asked ? 1 : 0;
        return asked;
    }

    /** Says that this end will end the connection, and takes no more streams (RFC 9113, section 6.8). */
    public void goAway() {
        if (!over) {
            goingAway = true;
            writer().goAway(lastPeerStreamId, Http2Error.NO_ERROR);
            writer().flush();
        }
    }

    /** Like {@link #goAway}, and ends the connection when everything that was written has left. */
    public void close() {
        if (!over) {
            goAway();
            context().channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /**
     * Whether the peer owes the rest of a frame or of a header block: nobody may take for ever to say it. The body's
     * DATA does not count, whose wait is its stream's.
     */
    public boolean awaitsFields() {
        return incoming.isInsideFields();
    }

    /** Sends what was written, soon. */
    public void flush() {
        if (++flushes >= FLUSHES_HELD) {
            flushNow();
        } else if (!reading && !flushDue) {
            flushDue = true;
            context().executor().execute(this::flushNow);
        }
    }

    private void flushNow() {
        flushes = 0;
        flushDue = false;
        if (!over) {
            writer().flush();
        }
    }

    // ---- What the channel does with it.

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        FrameWriter frames = new FrameWriter(added, hpack);
        writer = frames;
        if (!added.channel().isOpen()) {
            // Perhaps its handlers have heard of its end already: nobody would tell this one.
            end();
            return;
        }
        if (role == Role.CLIENT) {
            frames.preface(Http2CodecUtil.connectionPrefaceBuf());
        }
        limits.announce(frames, role);
        frames.windowUpdate(0, limits.connectionWindow());
        receiveWindow += limits.connectionWindow();
        frames.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext read, Object message) {
        if (!(message instanceof ByteBuf bytes) || over) {
            ReferenceCountUtil.release(message);
            return;
        }
        lastReadNanos = nanos.getAsLong();
        reading = true;
        try {
            while (!over && incoming.read(bytes, read.alloc())) {
                // Once more: what stopped it concerned one stream.
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext read) {
        reading = false;
        if (!over) {
            flushNow();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (!over && takesBytes()) {
            resume();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        end();
        inactive.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        LOG.debug("a session's connection failed", cause);
        failed.close();
    }

    /** The peer broke the connection's rules: it is told so, and nothing more of it is read. */
    void fail(Http2Exception violation) {
        LOG.info("{} broke the protocol: {}", context().channel().remoteAddress(), violation.getMessage());
        writer().goAway(lastPeerStreamId, violation.error());
        writer().flush();
        end();
        context().close();
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        incoming.release();
        writer().release();
        for (Stream stream : List.copyOf(streams.values())) {
            try {
                stream.close(Http2Error.CANCEL.code());
            } catch (RuntimeException defect) {
                // One exchange's defect; the others have to hear of the end too.
                LOG.error("a stream's end was not taken", defect);
            }
        }
        line.clear();
        starving.clear();
        listener.onConnectionEnded();
    }

    // ---- What frames do to it.

    void takeSettings(ByteBuf payload) throws Http2Exception {
        int difference = peer.take(payload, writer(), hpack);
        writer().settingsAck();
        if (difference != 0) {
            initialWindowChanged(difference);
        }
        flush();
    }

    /** Streams above {@code last} were not and will not be looked at (RFC 9113, section 6.8). */
    void peerGoesAway(int last) {
        listener.onGoAway();
        if (role == Role.CLIENT) {
            List.copyOf(streams.values()).stream()
                    .filter(stream -> stream.id() > last)
                    .forEach(stream -> stream.close(Http2Error.REFUSED_STREAM.code()));
        }
    }

    ConnectionListener listener() {
        return listener;
    }

    @Nullable
    Stream stream(int id) {
        return streams.get(id);
    }

    /** Whether a stream of this number was there once: frames may still be under way for it. */
    boolean wasOpen(int id) {
        boolean ours = (id & 1) == 1 == (role == Role.CLIENT);
        return ours ? id < nextStreamId : id <= lastPeerStreamId;
    }

    /** Takes a stream that the client opened; null if it is refused. */
    @Nullable
    Stream accept(int id) throws Http2Exception {
        began(id);
        if (goingAway || streams.size() >= limits.streams()) {
            writer().reset(id, Http2Error.REFUSED_STREAM.code());
            flush();
            return null;
        }
        Stream stream = new Stream(this, id, peer.initialWindow(), receiveWindow());
        streams.put(id, stream);
        return stream;
    }

    /** The client used the next of its numbers (RFC 9113, section 5.1.1). */
    void began(int id) throws Http2Exception {
        if (role == Role.CLIENT || (id & 1) == 0 || id <= lastPeerStreamId) {
            throw Http2Exception.connectionError(
                    Http2Error.PROTOCOL_ERROR, "stream %d can't be opened by this peer", id);
        }
        lastPeerStreamId = id;
    }

    /** Accounts for DATA; the window that all streams share refills at once. */
    void received(int flowControlled) throws Http2Exception {
        receiveWindow -= flowControlled;
        if (receiveWindow < 0) {
            throw Http2Exception.connectionError(Http2Error.FLOW_CONTROL_ERROR, "beyond the connection's window");
        }
        unreported += flowControlled;
        if (unreported >= limits.connectionWindow() / 2) {
            writer().windowUpdate(0, unreported);
            receiveWindow += unreported;
            unreported = 0;
            flush();
        }
    }

    void widened(int bytes) throws Http2Exception {
        long wider = (long) sendWindow + bytes;
        if (wider > Integer.MAX_VALUE) {
            throw Http2Exception.connectionError(Http2Error.FLOW_CONTROL_ERROR, "the connection's window overflows");
        }
        sendWindow = (int) wider;
        resume();
    }

    void widened(Stream stream, int bytes) throws Http2Exception {
        if (!stream.widen(bytes)) {
            throw Http2Exception.streamError(stream.id(), Http2Error.FLOW_CONTROL_ERROR, "the window overflows");
        }
        if (stream.hasQueue()) {
            waitsInLine(stream);
            resume();
        }
        stream.tellWritable();
    }

    /** SETTINGS changed every stream's window (RFC 9113, section 6.9.2). */
    private void initialWindowChanged(int difference) throws Http2Exception {
        for (Stream stream : List.copyOf(streams.values())) {
            if (!stream.widen(difference)) {
                throw Http2Exception.connectionError(Http2Error.FLOW_CONTROL_ERROR, "a stream's window overflows");
            }
            if (stream.hasQueue()) {
                waitsInLine(stream);
            }
        }
        resume();
    }

    /** A receiver found its stream wrong: too many of those, and the peer loses the connection. */
    void violated() {
        try {
            incoming.count();
        } catch (Http2Exception tooMany) {
            // Not now: the frame that brought it is still being read.
            later(() -> {
                if (!over) {
                    fail(tooMany);
                }
            });
        }
    }

    /** A stream's own violation: it ends, the others go on. */
    void failStream(int id, Http2Error error) {
        Stream stream = streams.get(id);
        if (stream != null) {
            stream.reset(error);
        } else {
            writer().reset(id, error.code());
            flush();
        }
    }

    // ---- What streams ask of it.

    FrameWriter writer() {
        return Objects.requireNonNull(writer);
    }

    private ReceiveWindow receiveWindow() {
        return new ReceiveWindow(limits.streamWindow(), limits.budget(), nanos());
    }

    int sendWindow() {
        return sendWindow;
    }

    void spend(int bytes) {
        sendWindow -= bytes;
        sentDataBytes += bytes;
    }

    boolean takesBytes() {
        return context().channel().isWritable();
    }

    boolean canSend() {
        return !over && sendWindow > 0 && line.isEmpty() && takesBytes();
    }

    void waitsInLine(Stream stream) {
        if (!stream.inLine) {
            stream.inLine = true;
            line.add(stream);
        }
    }

    void later(Runnable task) {
        context().executor().execute(task);
    }

    void starves(Stream stream) {
        starving.add(stream);
    }

    void starvesNoLonger(Stream stream) {
        starving.remove(stream);
    }

    void closed(Stream stream) {
        streams.remove(stream.id());
        if (stream.inLine) {
            line.remove(stream);
        }
        if (stream.starved) {
            starving.remove(stream);
        }
        listener.onStreamClosed(streams.size());
    }

    /** Lets those who wait send, one after the other, and tells those who were told to wait. */
    private void resume() {
        boolean sent = false;
        while (!line.isEmpty() && sendWindow > 0 && takesBytes()) {
            Stream next = line.next();
            next.inLine = false;
            next.sendQueue(QUANTUM_BYTES);
            sent = true;
        }
        if (sent) {
            flush();
        }
        if (canSend() && !starving.isEmpty()) {
            starving.inOrder().forEach(Stream::tellWritable);
        }
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
