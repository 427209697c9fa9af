package dev.porthole.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request of a visitor's HTTP/1.1 connection, and its answer.
 *
 * <p>Event loop only. The request's body goes to the {@link Exchange} that answers; what comes after its end is
 * dropped, as long as that is less trouble than a new connection. What breaks off ends the connection.
 */
final class Http1Visitor implements Visitor {
    private final Http1Connection connection;
    private final Answer answer;
    private final AccessLog line;
    private final BodyDiscarded rest = new BodyDiscarded();
    private Exchange exchange = rest;
    private boolean requestDone;
    private boolean mustContinue;

    Http1Visitor(Http1Connection connection, HttpRequest request) {
        this.connection = connection;
        this.answer = new Answer(connection.channel(), request);
        this.line = AccessLog.begin(request);
        this.mustContinue = HttpUtil.is100ContinueExpected(request);
    }

    /** Has the request answered. */
    void begin(HttpRequest request, Routing routing) {
        Exchange started = routing.route(this, request);
        if (started != null) {
            exchange = started;
        }
    }

    // What exchanges use: the contract is Visitor's.

    @Override
    public Entrance entrance() {
        return connection.entrance();
    }

    @Override
    public Channel channel() {
        return connection.channel();
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) channel().remoteAddress();
    }

    @Override
    public String requestId() {
        return line.requestId();
    }

    @Override
    public boolean isWritable() {
        return channel().isWritable();
    }

    @Override
    public boolean hasAnswered() {
        return answer.status() != 0;
    }

    @Override
    public void resumeReading() {
        connection.readIfWanted();
    }

    @Override
    public void informational(HttpResponse response) {
        if (answer.takesInformational()) {
            mustContinue = mustContinue && response.status().code() != 100;
            channel().write(response);
            channel().write(LastHttpContent.EMPTY_LAST_CONTENT);
            channel().flush();
        }
    }

    @Override
    public void head(HttpResponse response, boolean noBody) {
        if (connection.isLast() || (mustContinue && !requestDone)) {
            answer.closeAfterwards();
        }
        line.answered(response);
        answer.head(response, noBody);
        channel().flush();
    }

    @Override
    public ChannelFuture body(ByteBuf data) {
        ChannelFuture written = answer.body(data);
        if (written == null) {
            abort();
            return channel().newFailedFuture(new IllegalStateException("more body than Content-Length says"));
        }
        channel().flush();
        if (!channel().isWritable()) {
            connection.patience().withNextBytes();
        }
        return written;
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
        if (!answer.end(trailers)) {
            abort();
            return;
        }
        line.end(answer.status());
        channel().flush();
        exchange = rest;
        if (requestDone) {
            complete();
        } else if (answer.isPersistent()) {
            connection.readIfWanted();
        } else {
            connection.linger();
        }
    }

    @Override
    public void page(EdgePage page) {
        exchange = rest;
        if (page.closes()) {
            answer.closeAfterwards();
        }
        ByteBuf body = page.body(channel().alloc());
        head(page.head(body.readableBytes()), false);
        body(body);
        end(null);
    }

    @Override
    public void abort() {
        line.end(answer.status());
        exchange = rest;
        if (answer.endsWithConnection()) {
            connection.resetAfterFlush();
        } else {
            connection.closeAfterFlush();
        }
    }

    @Override
    public void drop() {
        line.end(answer.status());
        exchange = rest;
        connection.reset();
    }

    @Override
    public boolean handOver(HttpResponse switching) {
        if (!requestDone || connection.hasEarlyRequests()) {
            return false;
        }
        answer.switching(switching);
        line.end(answer.status());
        connection.leave();
        return true;
    }

    // What the connection says.

    /** Whether all of the request has come. */
    boolean isRequestDone() {
        return requestDone;
    }

    /** Whether more of the request's body can be taken now. */
    boolean wantsBody() {
        return exchange.wantsBody();
    }

    /** A piece of the request's body, the last one included. Takes over the buffer. */
    void onBody(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        requestDone = last;
        if (content.decoderResult().isFailure()) {
            content.release();
            brokenBody();
        } else if (exchange == rest) {
            discard(content, last);
        } else {
            exchange.onBody(content);
            if (last) {
                connection.patience().isNotNeeded();
            } else {
                connection.patience().withNextBytes();
            }
        }
    }

    /** {@link #isWritable} changed to true. */
    void onWritable() {
        exchange.onVisitorWritable();
    }

    /** The connection ended. */
    void onGone() {
        line.end(answer.status());
        endExchange();
    }

    private void discard(HttpContent content, boolean last) {
        rest.onBody(content);
        if (last && hasAnswered()) {
            complete();
        } else if (rest.isTooMuch()) {
            connection.linger();
        }
    }

    /** The body's framing is wrong: what came so far must not look complete to anyone. */
    private void brokenBody() {
        endExchange();
        if (hasAnswered()) {
            abort();
        } else {
            page(EdgePage.refusal(UnacceptableRequest.malformed("its body's framing is wrong"), null));
        }
    }

    private void endExchange() {
        Exchange running = exchange;
        exchange = rest;
        running.onVisitorGone();
    }

    /** Request and answer are. */
    private void complete() {
        if (answer.isPersistent()) {
            connection.next();
        } else {
            connection.closeAfterFlush();
        }
    }
}
