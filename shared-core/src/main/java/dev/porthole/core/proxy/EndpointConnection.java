package dev.porthole.core.proxy;

import dev.porthole.core.wire.Deadline;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection to an app, with one exchange at a time. The last handler of its channel.
 *
 * <p>On the event loop only. Bytes that come while no exchange has the connection close it: no answer can be trusted
 * after them. One deadline serves both who waits for an answer and who keeps the connection for the next one: a timer
 * of its own for each would be more work than all else that is done for an exchange.
 */
final class EndpointConnection extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final EndpointResponseDecoder decoder = new EndpointResponseDecoder();
    private final OctetRequestEncoder encoder = new OctetRequestEncoder();
    private final Deadline deadline;
    private @Nullable EndpointExchange exchange;

    EndpointConnection(Channel channel) {
        this.channel = channel;
        this.deadline = new Deadline(channel.eventLoop(), this::late);
        channel.pipeline().addLast(encoder, decoder, this);
    }

    Channel channel() {
        return channel;
    }

    boolean isActive() {
        return channel.isActive();
    }

    /** Starts an exchange: what the app says goes to it until {@link #detach}. */
    void attach(EndpointExchange next) {
        exchange = next;
        deadline.never();
    }

    /**
     * How long the exchange waits for an answer from now on, after which it hears {@link EndpointExchange#onLate};
     * {@link FirstByteTimer#NEVER} is no limit.
     */
    void answerWithin(Duration limit) {
        if (limit.equals(FirstByteTimer.NEVER)) {
            deadline.never();
        } else {
            deadline.in(limit);
        }
    }

    /** Ends the exchange's hold; the connection stays open. */
    void detach() {
        exchange = null;
        deadline.never();
        channel.config().setAutoRead(true);
    }

    /** Closes it unless there is another exchange by then. */
    void keepFor(Duration idle) {
        deadline.in(idle);
    }

    private void late() {
        EndpointExchange waiting = exchange;
        if (waiting == null) {
            close();
        } else {
            waiting.onLate();
        }
    }

    /** Writes a request's head without flushing. */
    void writeHead(HttpRequest head) {
        decoder.expectAnswerTo(head.method());
        writeUnheard(head);
    }

    /** Writes a piece of the request's body; takes over its reference. */
    ChannelFuture write(HttpObject part) {
        return channel.write(part);
    }

    /** Writes a piece without bytes that somebody waits to get back. */
    void writeUnheard(HttpObject part) {
        channel.write(part, channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    /** Lets the app's next bytes come, or holds it back by TCP's own window. */
    void setReading(boolean reading) {
        channel.config().setAutoRead(reading);
    }

    void close() {
        exchange = null;
        deadline.release();
        channel.close();
    }

    /** After 101: HTTP is over, and {@code raw} gets the bytes as they are, those already read too. */
    void becomeRaw(ChannelHandler raw) {
        exchange = null;
        deadline.release();
        channel.pipeline().replace(this, "raw", raw);
        channel.pipeline().remove(encoder);
        channel.pipeline().remove(decoder);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        EndpointExchange current = exchange;
        if (current == null) {
            ReferenceCountUtil.release(message);
            channel.close();
            return;
        }
        if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            broken(object.decoderResult().cause());
            return;
        }
        switch (message) {
            case HttpResponse head -> current.onHead(head);
            case HttpContent content -> current.onContent(content);
            default -> ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.onReadComplete();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        broken(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof ClosedChannelException) {
            // What was not written fails first. The end is told next, after an answer that the end itself completes.
            return;
        }
        broken(cause);
    }

    private void broken(@Nullable Throwable cause) {
        EndpointExchange current = exchange;
        close();
        if (current != null) {
            current.onBroken(cause);
        }
    }
}
