package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of an HTTP/2 connection (RFC 9113): the last handler of its channel, which takes bytes and gives bytes. It is
 * what a session or a visitor's connection drives; what comes is done by {@link Incoming}, what goes by
 * {@link Outgoing}. Added to a channel that is closed, it says at once that the connection has ended.
 *
 * <p>Event loop only. The connection's receive window refills by itself and each stream's as {@link Stream#consumed}
 * says: whoever stops reading holds back one stream, never the others. A peer that breaks the protocol loses its stream
 * or, where the connection's state is in doubt, the connection; so does one that sends more frames that achieve nothing
 * than {@link Misuse} allows.
 */
public final class Multiplexer extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Multiplexer.class);

    private final Role role;
    private final ConnectionLimits limits;
    private final ConnectionListener listener;
    private final LongSupplier nanos;
    private final PeerSettings peer = new PeerSettings();
    private final Streams streams;
    private final Misuse misuse;
    private final Incoming incoming;
    private @Nullable Outgoing outgoing;
    private boolean over;
    private long lastReadNanos;

    /** Which end this is. The client opens streams and the server answers them, whoever dialled. */
    public enum Role {
        CLIENT,
        SERVER
    }

    public Multiplexer(Role role, ConnectionLimits limits, ConnectionListener listener) {
        this(role, limits, listener, System::nanoTime);
    }

    /** With a clock that a test moves, in nanoseconds. */
    public Multiplexer(Role role, ConnectionLimits limits, ConnectionListener listener, LongSupplier nanos) {
        this.role = role;
        this.limits = limits;
        this.listener = listener;
        this.nanos = nanos;
        this.lastReadNanos = nanos.getAsLong();
        this.streams = new Streams(role, limits, peer);
        this.misuse = new Misuse(limits.misuse());
        this.incoming = new Incoming(this, role, limits, streams, peer, misuse);
    }

    // ---- What a session does with it.

    /** Whether this end opens the streams. */
    boolean isClient() {
        return role == Role.CLIENT;
    }

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
        return !over && streams.mayOpen();
    }

    /** Whether so many streams were opened that another connection should follow: their numbers are not used again. */
    public boolean isWorn() {
        return streams.isWorn();
    }

    /** The number of the next stream; a test begins near the last one. */
    void nextStreamId(int id) {
        streams.nextId(id);
    }

    /** How many streams more the peer takes. */
    public long streamsLeft() {
        return streams.left();
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
        return outgoing().dataBytes();
    }

    long nanos() {
        return nanos.getAsLong();
    }

    /**
     * Opens a stream with a request; not flushed.
     *
     * @return null if the fields are more than the peer takes; nothing was sent then
     */
    public @Nullable Stream open(Http2Headers request, boolean end, StreamReceiver receiver) {
        int id = streams.nextId();
        try {
            outgoing().writer().headers(id, request, end);
        } catch (Http2Exception tooLarge) {
            LOG.debug("a request was not sent: {}", tooLarge.getMessage());
            return null;
        }
        streams.opened();
        Stream stream = streams.add(id, this);
        stream.receiver(receiver);
        stream.opened(end);
        return stream;
    }

    /** Sends a PING and flushes it. */
    public void ping(long data) {
        if (!over) {
            misuse.asked();
            outgoing().writer().ping(false, data);
            outgoing().writer().flush();
        }
    }

    /** Says that this end will end the connection, and takes no more streams (RFC 9113, section 6.8). */
    public void goAway() {
        if (!over) {
            streams.takeNoMore();
            outgoing().writer().goAway(streams.lastOfPeer(), Http2Error.NO_ERROR);
            outgoing().writer().flush();
        }
    }

    /** Like {@link #goAway}, and ends the connection when everything that was written has left. */
    public void close() {
        if (!over) {
            goAway();
            context().channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** The peer is gone without a word: its streams end now, whatever the socket still does. */
    void abandon() {
        end();
        context().close();
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
        outgoing().flush();
    }

    // ---- What the channel does with it.

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        Outgoing out = new Outgoing(added);
        outgoing = out;
        if (!added.channel().isOpen()) {
            // Perhaps its handlers have heard of its end already: nobody would tell this one.
            end();
            return;
        }
        if (role == Role.CLIENT) {
            out.writer().preface(Http2CodecUtil.connectionPrefaceBuf());
        }
        limits.announce(out.writer(), role);
        out.writer().flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext read, Object message) {
        if (!(message instanceof ByteBuf bytes) || over) {
            ReferenceCountUtil.release(message);
            return;
        }
        lastReadNanos = nanos.getAsLong();
        outgoing().onRead();
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
        outgoing().onReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (!over && outgoing().takesBytes()) {
            outgoing().resume();
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

    private void end() {
        if (over) {
            return;
        }
        over = true;
        incoming.release();
        outgoing().end();
        streams.closeAll();
        listener.onConnectionEnded();
    }

    // ---- What its parts ask of it.

    ConnectionListener listener() {
        return listener;
    }

    Outgoing outgoing() {
        return Objects.requireNonNull(outgoing);
    }

    /** A stream is over. */
    void closed(Stream stream) {
        streams.remove(stream);
        outgoing().forget(stream);
        listener.onStreamClosed(streams.size());
    }

    /** A receiver found its stream wrong. */
    void violated() {
        incoming.violated();
    }

    /** The peer broke the connection's rules: it is told so, and nothing more of it is read. */
    void fail(Http2Exception violation) {
        LOG.info("{} broke the protocol: {}", context().channel().remoteAddress(), violation.getMessage());
        outgoing().writer().goAway(streams.lastOfPeer(), violation.error());
        outgoing().writer().flush();
        end();
        context().close();
    }

    private ChannelHandlerContext context() {
        return outgoing().context();
    }
}
