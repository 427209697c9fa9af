package dev.porthole.core.proxy;

import dev.porthole.core.wire.PortholeError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One visitor's request on its way to an app, and the answer back.
 *
 * <p>Threads: the event loop only. Buffers: a piece of the body is retained until the app's connection has taken it,
 * and its bytes are given back to the stream's window then, so that at most a window of them waits here. Closing: a
 * visitor who leaves closes the app's connection; an app that breaks off resets the stream. Nothing is ever written
 * twice: a request that was put on a connection is not tried again.
 */
final class ForwardedRequest implements StreamHandler, EndpointExchange, EndpointPool.Taker {
    private final CarriedTunnel tunnel;
    private final EdgeStream stream;
    private final EndpointPool pool;
    private final HttpRequest head;
    private final AnswerRelay relay;
    private final Duration firstByte;
    private final Deque<HttpObject> early = new ArrayDeque<>();
    private @Nullable EndpointConnection connection;
    private @Nullable HttpResponse answer;
    private boolean requestEnded;
    private boolean over;

    ForwardedRequest(
            CarriedTunnel tunnel,
            EdgeStream stream,
            EndpointPool pool,
            HttpRequest head,
            HostRewriting rewriting,
            Duration firstByte,
            BlockedHostLook look) {
        this.tunnel = tunnel;
        this.stream = stream;
        this.pool = pool;
        this.head = head;
        this.firstByte = firstByte;
        this.relay = new AnswerRelay(stream, rewriting, head.method().equals(HttpMethod.HEAD), look);
    }

    /** Sets out. {@code end}: the request has no body. */
    void start(boolean end) {
        frame(end);
        pool.take(tunnel, this);
    }

    /** Sets out on a connection that was taken for it. */
    void startOn(EndpointConnection taken, boolean end) {
        frame(end);
        connected(taken);
    }

    private void frame(boolean end) {
        if (end) {
            endRequest(LastHttpContent.EMPTY_LAST_CONTENT);
        } else if (!head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            HttpUtil.setTransferEncodingChunked(head, true);
        }
    }

    // ---- from the pool

    @Override
    public boolean isWaiting() {
        return !over;
    }

    @Override
    public void connected(EndpointConnection taken) {
        connection = taken;
        taken.attach(this);
        taken.writeHead(head);
        for (HttpObject part = early.poll(); part != null; part = early.poll()) {
            writePart(taken, part);
        }
        if (!over) {
            taken.flush();
            taken.answerWithin(firstByte);
        }
    }

    @Override
    public void failed(Throwable cause) {
        finish();
        stream.fail(EndpointFailures.errorOf(cause));
    }

    // ---- from the edge

    @Override
    public int onData(ByteBuf data, boolean end) {
        if (over) {
            return data.readableBytes();
        }
        if (data.isReadable()) {
            part(new DefaultHttpContent(data.retain()));
        }
        if (end) {
            endRequest(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        return 0;
    }

    @Override
    public void onTrailers(Http2Headers trailers) {
        if (over) {
            return;
        }
        HttpHeaders fields = EndpointFields.trailers(trailers);
        if (fields.isEmpty() || !HttpUtil.isTransferEncodingChunked(head)) {
            endRequest(LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            LastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
            last.trailingHeaders().set(fields);
            endRequest(last);
        }
    }

    @Override
    public void onWritabilityChanged() {
        if (connection != null) {
            connection.setReading(relay.wantsMore());
        }
    }

    @Override
    public void onClosed() {
        if (!over) {
            abandon();
        }
    }

    // ---- from the app

    @Override
    public void onHead(HttpResponse received) {
        if (received.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            if (received.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                // Nobody asked for it: what follows can't be read.
                onBroken(null);
            } else {
                relay.interim(received);
            }
            return;
        }
        answer = received;
        Objects.requireNonNull(connection).answerWithin(FirstByteTimer.NEVER);
        relay.head(received);
    }

    @Override
    public void onContent(HttpContent content) {
        if (answer == null) {
            // The empty end of an interim answer.
            content.release();
            return;
        }
        if (relay.content(content)) {
            answered(answer);
        } else if (!relay.wantsMore()) {
            Objects.requireNonNull(connection).setReading(false);
        }
    }

    @Override
    public void onReadComplete() {
        stream.flush();
    }

    @Override
    public void onLate() {
        abandon();
        stream.fail(PortholeError.ENDPOINT_TIMEOUT);
    }

    @Override
    public void onBroken(@Nullable Throwable cause) {
        abandon();
        stream.fail(PortholeError.ENDPOINT_REFUSED);
    }

    // ---- the request's own

    private void endRequest(LastHttpContent last) {
        requestEnded = true;
        part(last);
    }

    private void part(HttpObject part) {
        if (connection == null) {
            early.add(part);
        } else {
            EndpointConnection to = connection;
            writePart(to, part);
            if (!over) {
                to.flush();
            }
        }
    }

    private void writePart(EndpointConnection to, HttpObject part) {
        int bytes = part instanceof HttpContent content ? content.content().readableBytes() : 0;
        if (bytes == 0) {
            to.writeUnheard(part);
            return;
        }
        to.write(part).addListener(written -> {
            stream.consumed(bytes);
            // A request whose body still goes to the app is none that it thinks about.
            if (answer == null && connection != null) {
                connection.answerWithin(firstByte);
            }
        });
    }

    private void answered(HttpResponse complete) {
        EndpointConnection used = Objects.requireNonNull(connection);
        finish();
        stream.flush();
        if (requestEnded) {
            pool.release(tunnel, used, complete);
        } else {
            stream.stopReceiving();
            used.close();
        }
    }

    private void abandon() {
        EndpointConnection used = connection;
        finish();
        if (used != null) {
            used.close();
        }
    }

    private void finish() {
        over = true;
        connection = null;
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }
}
