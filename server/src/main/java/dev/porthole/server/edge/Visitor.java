package dev.porthole.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One visitor's connection: takes one request after the other from it and holds back those that come too early (RFC
 * 9112, section 9.3.2).
 *
 * <p>Event loop only. Nothing is read from the socket unless it is wanted ({@code autoRead} is off): a body's pieces
 * when the {@link Exchange} takes them, and a little ahead while an answer is under way, so that a visitor who leaves
 * is noticed. Buffers go to the exchange, which releases them. When the connection ends, the exchange is told once.
 */
final class Visitor extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Visitor.class);

    /** Pipelined requests that are held while one is answered. */
    private static final int MAX_QUEUED = 64;

    /** Of a body that nobody wants: more is not worth the connection. */
    private static final long MAX_DISCARDED_BYTES = 256 * 1024;

    private static final Duration LINGER = Duration.ofSeconds(2);

    private final VisitorRouter router;
    private final StrictRequestDecoder decoder;
    private final EdgeSettings.Times times;
    private final Queue<HttpObject> early = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Deadline deadline;
    private @Nullable Exchange exchange;
    private @Nullable Answer answer;
    private @Nullable RequestLine line;
    private boolean requestDone;
    private boolean mustContinue;
    private boolean closing;
    private boolean draining;
    private boolean advancing;
    private long discarded;
    private long pendingAtDeadline;

    /** What the access line says. */
    private record RequestLine(String host, String method, String path, String requestId, long startNanos) {}

    Visitor(VisitorRouter router, StrictRequestDecoder decoder, EdgeSettings.Times times) {
        this.router = router;
        this.decoder = decoder;
        this.times = times;
    }

    // What exchanges use.

    Channel channel() {
        return context().channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel().remoteAddress();
    }

    String requestId() {
        return Objects.requireNonNull(line).requestId;
    }

    /** Whether the visitor's connection takes more now; {@link Exchange#onVisitorWritable} follows if not. */
    boolean isWritable() {
        return channel().isWritable();
    }

    /** Whether part of the final answer is out. */
    boolean hasAnswered() {
        return answer().status() != 0;
    }

    /** The exchange takes more of the body again. */
    void resumeReading() {
        readIfWanted();
    }

    /** Passes on a 1xx answer, if the visitor knows them. */
    void informational(HttpResponse response) {
        if (answer().takesInformational()) {
            mustContinue = mustContinue && response.status().code() != 100;
            channel().write(response);
            channel().write(LastHttpContent.EMPTY_LAST_CONTENT);
            channel().flush();
        }
    }

    /** Sends status and fields of the final answer. */
    void head(HttpResponse response, boolean noBody) {
        if (draining || (mustContinue && !requestDone)) {
            answer().closeAfterwards();
        }
        answer().head(response, noBody);
        channel().flush();
    }

    /** Sends a piece of the answer's body. The future tells when the visitor's connection has taken it. */
    ChannelFuture body(ByteBuf data) {
        ChannelFuture written = answer().body(data);
        if (written == null) {
            abort();
            return channel().newFailedFuture(new IllegalStateException("more body than Content-Length says"));
        }
        channel().flush();
        if (!channel().isWritable()) {
            deadline().in(times.stall());
        }
        return written;
    }

    /** Ends the answer, and with it the exchange. */
    void end(@Nullable HttpHeaders trailers) {
        if (!answer().end(trailers)) {
            abort();
            return;
        }
        log();
        channel().flush();
        exchange = BodyDiscarded.INSTANCE;
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

    /** Answers with a page of the edge's own. Only before {@link #head}. */
    void page(EdgePage page) {
        exchange = BodyDiscarded.INSTANCE;
        if (page.closes()) {
            answer().closeAfterwards();
        }
        ByteBuf body = page.body(channel().alloc());
        head(page.head(body.readableBytes()), false);
        body(body);
        end(null);
    }

    /** Breaks the answer off so that it never looks complete. */
    void abort() {
        log();
        closing = true;
        exchange = BodyDiscarded.INSTANCE;
        if (answer().endsWithConnection()) {
            channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        closeAfterFlush();
    }

    /**
     * Answers 101 and takes HTTP off the connection: what is added to the pipeline next has it for itself. False if the
     * visitor did not wait for the answer; then nothing was written.
     */
    boolean handOver(HttpResponse switching) {
        if (!early.isEmpty() || !requestDone) {
            return false;
        }
        answer().switching(switching);
        log();
        deadline().release();
        exchange = null;
        ChannelPipeline pipeline = channel().pipeline();
        pipeline.remove(StrictRequestDecoder.class);
        pipeline.remove(HttpResponseEncoder.class);
        pipeline.remove(this);
        return true;
    }

    private void log() {
        if (line != null) {
            Duration took = Duration.ofNanos(System.nanoTime() - line.startNanos);
            int status = answer().status() == 0 ? 499 : answer().status();
            AccessLog.line(line.host, line.method, line.path, status, took, line.requestId);
            line = null;
        }
    }

    /** The edge stops: the exchange that runs finishes, and none follows. */
    void drain() {
        draining = true;
        if (exchange == null && !closing) {
            context().close();
        }
    }

    // What the pipeline calls.

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        deadline = new Deadline(added.executor(), this::tooLate);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        deadline().in(times.headers());
        active.read();
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
            deadline().in(times.headers());
        }
        readIfWanted();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (changed.channel().isWritable() && !closing && exchange != null) {
            deadline().never();
            exchange.onVisitorWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        deadline().release();
        early.forEach(ReferenceCountUtil::release);
        early.clear();
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
            if (exchange instanceof BodyDiscarded) {
                discard(content, last);
            } else {
                exchange.onBody(content);
                if (last) {
                    deadline().never();
                } else {
                    deadline().in(times.stall());
                }
            }
        }
    }

    private void begin(HttpRequest request) {
        answer = new Answer(channel(), request);
        requestDone = false;
        discarded = 0;
        mustContinue = HttpUtil.is100ContinueExpected(request);
        line = new RequestLine(
                request.headers().get("host", "-"),
                request.method().name(),
                request.uri(),
                RequestIds.next(),
                System.nanoTime());
        exchange = BodyDiscarded.INSTANCE;
        deadline().in(times.stall());
        Exchange started = router.route(this, request);
        if (started != null) {
            exchange = started;
        }
    }

    private void discard(HttpContent content, boolean last) {
        discarded += content.content().readableBytes();
        content.release();
        if (last && hasAnswered()) {
            if (answer().isPersistent()) {
                nextExchange();
            } else {
                closeAfterFlush();
            }
        } else if (discarded > MAX_DISCARDED_BYTES) {
            linger();
        }
    }

    /** The body's framing is wrong: what came so far must not look complete to anyone. */
    private void brokenBody() {
        Exchange running = exchange;
        exchange = BodyDiscarded.INSTANCE;
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
        deadline().in(times.idle());
        if (advancing) {
            return;
        }
        advancing = true;
        while (!early.isEmpty() && !closing && !(exchange != null && requestDone)) {
            take(early.remove());
        }
        advancing = false;
        readIfWanted();
    }

    private void readIfWanted() {
        boolean wanted =
                closing || exchange == null || (requestDone ? early.size() < MAX_QUEUED : exchange.wantsBody());
        if (wanted) {
            context().read();
        } else if (!requestDone) {
            deadline().never();
        }
    }

    private void tooLate() {
        if (stillTakes()) {
            deadline().in(times.stall());
            return;
        }
        if (exchange == null && decoder.hasPartOfHead()) {
            channel().write(EdgePage.tooSlow().whole(channel().alloc()));
            linger();
            return;
        }
        if (exchange != null || pendingAtDeadline > 0) {
            LOG.debug("a visitor took too long: {}", channel().remoteAddress());
            channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        context().close();
    }

    /** Whether the visitor has taken some of what was written since the deadline was last met: slow is not gone. */
    private boolean stillTakes() {
        ChannelOutboundBuffer out = channel().unsafe().outboundBuffer();
        long pending = out == null ? 0 : out.totalPendingWriteBytes();
        boolean moved = pending > 0 && pending != pendingAtDeadline;
        pendingAtDeadline = pending;
        return moved;
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
        deadline().in(times.stall());
        channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /**
     * Closes without losing the answer: bytes that arrive at a closed socket would reset the connection before the
     * visitor read it (RFC 9112, section 9.6).
     */
    private void linger() {
        closing = true;
        channel()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(written -> ((DuplexChannel) channel()).shutdownOutput());
        context().executor().schedule(() -> channel().close(), LINGER.toNanos(), TimeUnit.NANOSECONDS);
        context().read();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    private Deadline deadline() {
        return Objects.requireNonNull(deadline);
    }

    private Answer answer() {
        return Objects.requireNonNull(answer);
    }
}
