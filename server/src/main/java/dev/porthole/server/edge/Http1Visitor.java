package dev.porthole.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A visitor's HTTP/1.1 connection: takes one request after the other from it and holds back those that come too early
 * (RFC 9112, section 9.3.2).
 *
 * <p>Event loop only. Nothing is read from the socket unless it is wanted ({@code autoRead} is off): a body's pieces
 * when the {@link Exchange} takes them, and a little ahead while an answer is under way, so that a visitor who leaves
 * is noticed. Buffers go to the exchange, which releases them. When the connection ends, the exchange is told once.
 */
final class Http1Visitor extends ChannelInboundHandlerAdapter implements Visitor {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Visitor.class);

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
    private @Nullable Exchange exchange;
    private @Nullable Answer answer;
    private @Nullable AccessLog line;
    private boolean requestDone;
    private boolean mustContinue;
    private boolean closing;
    private boolean draining;
    private boolean advancing;

    private Http1Visitor(Routing router, StrictRequestDecoder decoder, EdgeSettings settings, Entrance entrance) {
        this.router = router;
        this.decoder = decoder;
        this.times = settings.times();
        this.requestsLeft = settings.limits().requests();
        this.entrance = entrance;
    }

    /** Puts HTTP/1.1 at the end of a pipeline. It starts with the channel, or with {@link #start}. */
    static Http1Visitor add(ChannelPipeline pipeline, Entrance entrance, Routing router, EdgeSettings settings) {
        StrictRequestDecoder decoder = new StrictRequestDecoder(settings.limits());
        Http1Visitor visitor = new Http1Visitor(router, decoder, settings, entrance);
        pipeline.addLast(new FlushConsolidationHandler(FLUSHES_HELD, true))
                .addLast(decoder)
                .addLast(new HttpResponseEncoder())
                .addLast(visitor);
        return visitor;
    }

    /** Takes HTTP/1.1 off a connection again: nothing has come on it yet, or all of it is over. */
    private void leavePipeline() {
        patience().release();
        ChannelPipeline pipeline = channel().pipeline();
        pipeline.remove(StrictRequestDecoder.class);
        pipeline.remove(HttpResponseEncoder.class);
        pipeline.remove(this);
    }

    /** The visitor speaks HTTP/2, as its first bytes say. */
    void giveWay() {
        channel().pipeline().remove(FlushConsolidationHandler.class);
        leavePipeline();
    }

    // What exchanges use: the contract is Visitor's.

    @Override
    public Entrance entrance() {
        return entrance;
    }

    @Override
    public Channel channel() {
        return context().channel();
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) channel().remoteAddress();
    }

    @Override
    public String requestId() {
        return Objects.requireNonNull(line).requestId();
    }

    @Override
    public boolean isWritable() {
        return channel().isWritable();
    }

    @Override
    public boolean hasAnswered() {
        return answer().status() != 0;
    }

    @Override
    public void resumeReading() {
        readIfWanted();
    }

    @Override
    public void informational(HttpResponse response) {
        if (answer().takesInformational()) {
            mustContinue = mustContinue && response.status().code() != 100;
            channel().write(response);
            channel().write(LastHttpContent.EMPTY_LAST_CONTENT);
            channel().flush();
        }
    }

    @Override
    public void head(HttpResponse response, boolean noBody) {
        if (draining || requestsLeft == 0 || (mustContinue && !requestDone)) {
            answer().closeAfterwards();
        }
        Objects.requireNonNull(line).answered(response);
        answer().head(response, noBody);
        channel().flush();
    }

    @Override
    public ChannelFuture body(ByteBuf data) {
        ChannelFuture written = answer().body(data);
        if (written == null) {
            abort();
            return channel().newFailedFuture(new IllegalStateException("more body than Content-Length says"));
        }
        channel().flush();
        if (!channel().isWritable()) {
            patience().withNextBytes();
        }
        return written;
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
        if (!answer().end(trailers)) {
            abort();
            return;
        }
        log();
        channel().flush();
        exchange = new BodyDiscarded();
        if (!answer().isPersistent() && requestDone) {
            closeAfterFlush();
        } else if (requestDone) {
            nextExchange();
        } else if (!answer().isPersistent()) {
            linger();
        } else {
            readIfWanted();
        }
    }

    @Override
    public void page(EdgePage page) {
        exchange = new BodyDiscarded();
        if (page.closes()) {
            answer().closeAfterwards();
        }
        ByteBuf body = page.body(channel().alloc());
        head(page.head(body.readableBytes()), false);
        body(body);
        end(null);
    }

    @Override
    public void abort() {
        log();
        closing = true;
        exchange = new BodyDiscarded();
        if (answer().endsWithConnection()) {
            patience().withNextBytes();
            farewell().resetAfterFlush();
        } else {
            closeAfterFlush();
        }
    }

    @Override
    public void drop() {
        log();
        closing = true;
        exchange = new BodyDiscarded();
        farewell().reset();
    }

    @Override
    public boolean handOver(HttpResponse switching) {
        if (!early.isEmpty() || !requestDone) {
            return false;
        }
        answer().switching(switching);
        log();
        exchange = null;
        leavePipeline();
        return true;
    }

    private void log() {
        if (line != null) {
            line.end(answer().status());
        }
    }

    /** Whether no request is under way. */
    boolean isIdle() {
        return exchange == null;
    }

    /** The edge stops: the exchange that runs finishes, and none follows. */
    void drain() {
        draining = true;
        if (exchange == null && !closing) {
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
        } else if (exchange != null && requestDone) {
            early.add((HttpObject) message);
        } else {
            take((HttpObject) message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        if (exchange == null && !closing && decoder.hasPartOfHead()) {
            patience().withHeaders();
        }
        readIfWanted();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (changed.channel().isWritable() && !closing && exchange != null) {
            patience().isNotNeeded();
            exchange.onVisitorWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        patience().release();
        early.release();
        closing = true;
        leave();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        LOG.debug("a visitor's connection failed", cause);
        failed.close();
    }

    private void take(HttpObject message) {
        if (message instanceof HttpRequest request) {
            begin(request);
        }
        if (message instanceof HttpContent content && exchange != null) {
            boolean last = content instanceof LastHttpContent;
            requestDone = last;
            if (content.decoderResult().isFailure()) {
                content.release();
                brokenBody();
                return;
            }
            if (exchange instanceof BodyDiscarded rest) {
                discard(rest, content, last);
            } else {
                exchange.onBody(content);
                if (last) {
                    patience().isNotNeeded();
                } else {
                    patience().withNextBytes();
                }
            }
        }
    }

    private void begin(HttpRequest request) {
        answer = new Answer(channel(), request);
        requestsLeft--;
        requestDone = false;
        mustContinue = HttpUtil.is100ContinueExpected(request);
        line = AccessLog.begin(request);
        exchange = new BodyDiscarded();
        patience().withNextBytes();
        Exchange started = router.route(this, request);
        if (started != null) {
            exchange = started;
        }
    }

    private void discard(BodyDiscarded rest, HttpContent content, boolean last) {
        rest.onBody(content);
        if (last && hasAnswered()) {
            if (answer().isPersistent()) {
                nextExchange();
            } else {
                closeAfterFlush();
            }
        } else if (rest.isTooMuch()) {
            linger();
        }
    }

    /** The body's framing is wrong: what came so far must not look complete to anyone. */
    private void brokenBody() {
        Exchange running = exchange;
        exchange = new BodyDiscarded();
        if (running != null && !(running instanceof BodyDiscarded)) {
            running.onVisitorGone();
        }
        if (hasAnswered()) {
            abort();
        } else {
            page(EdgePage.refusal(UnacceptableRequest.malformed("its body's framing is wrong"), null));
        }
    }

    private void nextExchange() {
        exchange = null;
        if (draining) {
            closeAfterFlush();
            return;
        }
        patience().withNextRequest();
        if (advancing) {
            return;
        }
        advancing = true;
        while (!early.isEmpty() && !closing && !(exchange != null && requestDone)) {
            take(early.next());
        }
        advancing = false;
        readIfWanted();
    }

    private void readIfWanted() {
        boolean wanted = closing || exchange == null || (requestDone ? early.hasRoom() : exchange.wantsBody());
        if (wanted) {
            context().read();
        } else if (!requestDone) {
            patience().isNotNeeded();
        }
    }

    private void tooLate() {
        if (exchange == null && decoder.hasPartOfHead()) {
            channel().write(EdgePage.tooSlow().whole(channel().alloc()));
            linger();
            return;
        }
        if (exchange != null || patience().sawUnsentBytes()) {
            LOG.debug("a visitor took too long: {}", channel().remoteAddress());
            farewell().reset();
        } else {
            context().close();
        }
    }

    private void leave() {
        Exchange running = exchange;
        exchange = null;
        if (running != null) {
            log();
            running.onVisitorGone();
        }
    }

    private void closeAfterFlush() {
        closing = true;
        patience().withNextBytes();
        farewell().afterFlush();
    }

    private void linger() {
        closing = true;
        farewell().afterLinger();
    }

    private Farewell farewell() {
        return new Farewell(channel());
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    private Patience patience() {
        return Objects.requireNonNull(patience);
    }

    private Answer answer() {
        return Objects.requireNonNull(answer);
    }
}
