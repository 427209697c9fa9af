package dev.porthole.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a visitor and an exchange and counts the bytes of both bodies: beyond a limit the exchange ends as if
 * the visitor had left, and the visitor gets 413, or a connection that breaks off if an answer was under way (RFC 9110,
 * section 15.5.14). Event loop only.
 */
final class LimitedBodies implements Visitor, Exchange {
    private final Visitor visitor;
    private final HttpRequest request;
    private final EdgeSettings.Limits limits;
    private @Nullable Exchange exchange;
    private long requestLeft;
    private long answerLeft;
    private boolean over;

    LimitedBodies(Visitor visitor, HttpRequest request, EdgeSettings.Limits limits) {
        this.visitor = visitor;
        this.request = request;
        this.limits = limits;
        this.requestLeft = limits.requestBody();
        this.answerLeft = limits.answerBody();
    }

    /** Whether an administrator wants bodies to be counted at all. */
    static boolean areOn(EdgeSettings.Limits limits) {
        return limits.requestBody() != Long.MAX_VALUE || limits.answerBody() != Long.MAX_VALUE;
    }

    /** Whether the request says itself that it is too large; then nothing of it is forwarded. */
    static boolean isTooLarge(HttpRequest request, EdgeSettings.Limits limits) {
        return length(request.headers()) > limits.requestBody();
    }

    /** Whose bodies are counted. Before it is started. */
    LimitedBodies of(Exchange counted) {
        exchange = counted;
        return this;
    }

    /** The length that fields say; 0 if they say none. */
    private static long length(HttpHeaders fields) {
        String length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
        // Both directions have been read strictly before: it is a number here.
        return length == null ? 0 : Long.parseLong(length);
    }

    private void refuse(EdgePage page) {
        over = true;
        exchange().onVisitorGone();
        if (visitor.hasAnswered()) {
            visitor.abort();
        } else {
            visitor.page(page);
        }
    }

    private Exchange exchange() {
        return Objects.requireNonNull(exchange);
    }

    // What comes from the visitor.

    @Override
    public void onBody(HttpContent content) {
        requestLeft -= content.content().readableBytes();
        if (over || requestLeft < 0) {
            content.release();
            if (!over) {
                refuse(EdgePage.requestTooLarge(limits.requestBody(), request));
            }
        } else {
            exchange().onBody(content);
        }
    }

    @Override
    public boolean wantsBody() {
        return over || exchange().wantsBody();
    }

    @Override
    public void onVisitorWritable() {
        exchange().onVisitorWritable();
    }

    @Override
    public void onVisitorGone() {
        if (!over) {
            exchange().onVisitorGone();
        }
    }

    // What goes to the visitor.

    @Override
    public void head(HttpResponse response, boolean noBody) {
        if (!noBody && length(response.headers()) > limits.answerBody()) {
            refuse(EdgePage.answerTooLarge(limits.answerBody(), request));
        } else {
            visitor.head(response, noBody);
        }
    }

    @Override
    public ChannelFuture body(ByteBuf data) {
        answerLeft -= data.readableBytes();
        if (answerLeft < 0) {
            data.release();
            refuse(EdgePage.answerTooLarge(limits.answerBody(), request));
            return channel().newFailedFuture(new IllegalStateException("an answer's body beyond its limit"));
        }
        return visitor.body(data);
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
        if (!over) {
            visitor.end(trailers);
        }
    }

    @Override
    public Entrance entrance() {
        return visitor.entrance();
    }

    @Override
    public Channel channel() {
        return visitor.channel();
    }

    @Override
    public InetSocketAddress address() {
        return visitor.address();
    }

    @Override
    public String requestId() {
        return visitor.requestId();
    }

    @Override
    public boolean isWritable() {
        return visitor.isWritable();
    }

    @Override
    public boolean hasAnswered() {
        return visitor.hasAnswered();
    }

    @Override
    public void resumeReading() {
        visitor.resumeReading();
    }

    @Override
    public void informational(HttpResponse response) {
        visitor.informational(response);
    }

    @Override
    public void page(EdgePage page) {
        visitor.page(page);
    }

    @Override
    public void abort() {
        visitor.abort();
    }

    @Override
    public void drop() {
        visitor.drop();
    }

    @Override
    public boolean handOver(HttpResponse switching) {
        return visitor.handOver(switching);
    }
}
