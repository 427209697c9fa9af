package dev.porthole.server.edge;

import dev.porthole.core.wire.GatheredWrites;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A visitor's HTTP/1.1 connection: takes one request after the other from it, each an {@link Http1Visitor}, and holds
 * back those that come too early (RFC 9112, section 9.3.2).
 *
 * <p>Event loop only. Nothing is read from the socket unless it is wanted ({@code autoRead} is off): a body's pieces
 * when the {@link Exchange} takes them, and a little ahead while an answer is under way, so that a visitor who leaves
 * is noticed. Buffers go to the visitor, whose exchange releases them. When the connection ends, the visitor is told
 * once.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

    /**
     * Flushes of one turn of the event loop that become one, at most. Few: the other end begins on the first streams of
     * a turn while this end still works on the last ones. Held for a whole turn, both ends wait for each other in
     * lockstep.
     */
    private static final int FLUSHES_HELD = 8;

    private final Routing router;
    private final StrictRequestDecoder decoder;
    private final EdgeSettings.Times times;
    private final Entrance entrance;
    private final EarlyRequests early = new EarlyRequests();
    private int requestsLeft;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Patience patience;
    /** Whose request is under way. */
    private @Nullable Http1Visitor visitor;

    private boolean closing;
    private boolean draining;
    private boolean advancing;

    private Http1Connection(Routing router, StrictRequestDecoder decoder, EdgeSettings settings, Entrance entrance) {
        this.router = router;
        this.decoder = decoder;
        this.times = settings.times();
        this.requestsLeft = settings.limits().requests();
        this.entrance = entrance;
    }

    /** Puts HTTP/1.1 at the end of a pipeline. It starts with the channel, or with {@link #start}. */
    static Http1Connection add(ChannelPipeline pipeline, Entrance entrance, Routing router, EdgeSettings settings) {
        StrictRequestDecoder decoder = new StrictRequestDecoder(settings.limits());
        Http1Connection connection = new Http1Connection(router, decoder, settings, entrance);
        pipeline.addLast(new GatheredWrites(FLUSHES_HELD))
                .addLast(decoder)
                .addLast(new HttpResponseEncoder())
                .addLast(connection);
        return connection;
    }

    /** The visitor speaks HTTP/2, as its first bytes say. */
    void giveWay() {
        channel().pipeline().remove(GatheredWrites.class);
        leavePipeline();
    }

    /** Takes HTTP/1.1 off a connection again: nothing has come on it yet, or all of it is over. */
    private void leavePipeline() {
        patience().release();
        ChannelPipeline pipeline = channel().pipeline();
        pipeline.remove(StrictRequestDecoder.class);
        pipeline.remove(HttpResponseEncoder.class);
        pipeline.remove(this);
    }

    /** Whether no request is under way. */
    boolean isIdle() {
        return visitor == null;
    }

    /** The edge stops: the exchange that runs finishes, and none follows. */
    void drain() {
        draining = true;
        if (visitor == null && !closing) {
            // A request may be under way: it must not meet a reset.
            linger();
        }
    }

    // What the pipeline calls.

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        patience = new Patience(added.channel(), times, this::tooLate);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        start();
    }

    /** Begins to wait for the first request. */
    void start() {
        patience().withHeaders();
        context().read();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (visitor != null && visitor.isRequestDone()) {
            early.add((HttpObject) message);
        } else {
            take((HttpObject) message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        if (visitor == null && !closing && decoder.hasPartOfHead()) {
            patience().withHeaders();
        }
        readIfWanted();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (changed.channel().isWritable() && !closing && visitor != null) {
            patience().isNotNeeded();
            visitor.onWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        patience().release();
        early.release();
        closing = true;
        Http1Visitor last = visitor;
        visitor = null;
        if (last != null) {
            last.onGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        LOG.debug("a visitor's connection failed", cause);
        failed.close();
    }

    private void take(HttpObject message) {
        if (message instanceof HttpRequest request) {
            requestsLeft--;
            patience().withNextBytes();
            Http1Visitor asking = new Http1Visitor(this, request);
            visitor = asking;
            asking.begin(request, router);
        }
        if (message instanceof HttpContent content && visitor != null) {
            visitor.onBody(content);
        }
    }

    private void tooLate() {
        if (visitor == null && decoder.hasPartOfHead()) {
            channel().write(EdgePage.tooSlow().whole(channel().alloc()));
            linger();
            return;
        }
        if (visitor != null || patience().sawUnsentBytes()) {
            LOG.debug("a visitor took too long: {}", channel().remoteAddress());
            farewell().reset();
        } else {
            context().close();
        }
    }

    // What the visitor whose request is under way asks of it.

    Channel channel() {
        return context().channel();
    }

    Entrance entrance() {
        return entrance;
    }

    Patience patience() {
        return Objects.requireNonNull(patience);
    }

    /** Whether no request follows this one, whatever the visitor and the answer say. */
    boolean isLast() {
        return draining || requestsLeft == 0;
    }

    /** Reads on from the socket, unless what would come has to wait. */
    void readIfWanted() {
        Http1Visitor asking = closing ? null : visitor;
        if (asking == null || (asking.isRequestDone() ? early.hasRoom() : asking.wantsBody())) {
            context().read();
        } else if (!asking.isRequestDone()) {
            patience().isNotNeeded();
        }
    }

    /** Request and answer are complete: the next request's turn. */
    void next() {
        visitor = null;
        if (draining) {
            closeAfterFlush();
            return;
        }
        patience().withNextRequest();
        if (advancing) {
            return;
        }
        advancing = true;
        while (!early.isEmpty() && !closing && !(visitor != null && visitor.isRequestDone())) {
            take(early.next());
        }
        advancing = false;
        readIfWanted();
    }

    /** Whether more came before its turn. */
    boolean hasEarlyRequests() {
        return !early.isEmpty();
    }

    /** HTTP is over on this connection, which goes on without it. */
    void leave() {
        visitor = null;
        leavePipeline();
    }

    /** Ends when all that was written is sent. */
    void closeAfterFlush() {
        closing = true;
        patience().withNextBytes();
        farewell().afterFlush();
    }

    /** Ends without losing the answer to a visitor who still sends. */
    void linger() {
        closing = true;
        farewell().afterLinger();
    }

    /** Ends so that the visitor sees that something is missing, when all that was written is sent. */
    void resetAfterFlush() {
        closing = true;
        patience().withNextBytes();
        farewell().resetAfterFlush();
    }

    /** The same at once. */
    void reset() {
        closing = true;
        farewell().reset();
    }

    private Farewell farewell() {
        return new Farewell(channel());
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
