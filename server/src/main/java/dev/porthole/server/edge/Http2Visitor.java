package dev.porthole.server.edge;

import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/2 stream of a visitor: one request and its answer.
 *
 * <p>Event loop only. The visitor may send more of the body when the {@link Exchange} has taken what came; the answer's
 * pieces count as taken when they go to the socket. What breaks off ends with RST_STREAM, never with END_STREAM.
 */
final class Http2Visitor implements Visitor, StreamReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Visitor.class);

    /** Looks without any movement after which a visitor has had time enough; see {@link #look}. */
    private static final int PATIENT_LOOKS = 2;

    /** What was checked already is not checked again. */
    private static final HttpHeadersFactory TRAILERS =
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false);

    /** A piece of the answer that waits here: taken when so many bytes of the answer are out. */
    private record Piece(long upTo, ChannelPromise taken) {}

    private final Http2Connection connection;
    private final Stream stream;
    private final Http2Answer answer;
    private final Http2Request request;
    private final AccessLog line;
    private final Queue<Piece> pieces = new ArrayDeque<>(0);
    private Exchange exchange = new BodyDiscarded();
    private long written;
    private int withheld;
    private boolean requestDone;
    private boolean moved = true;
    private int idleLooks;

    Http2Visitor(Http2Connection connection, Stream stream, Http2Request request) {
        this.connection = connection;
        this.stream = stream;
        this.request = request;
        this.answer = new Http2Answer(stream, request.method());
        this.line = AccessLog.begin(request);
    }

    /** Has the request answered. {@code end}: there is no body. */
    void begin(boolean end, Routing routing) {
        Exchange started = routing.route(this, request);
        if (started != null) {
            exchange = started;
        }
        if (end) {
            requestDone = true;
            exchange.onBody(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    // What exchanges use: the contract is Visitor's.

    @Override
    public Channel channel() {
        return connection.channel();
    }

    @Override
    public Entrance entrance() {
        return connection.entrance();
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
        return stream.isWritable();
    }

    @Override
    public boolean hasAnswered() {
        return answer.status() != 0;
    }

    @Override
    public void resumeReading() {
        if (withheld > 0 && exchange.wantsBody()) {
            int taken = withheld;
            withheld = 0;
            moved = true;
            stream.consumed(taken);
        }
    }

    @Override
    public void informational(HttpResponse response) {
        answer.informational(response);
        stream.flush();
    }

    @Override
    public void head(HttpResponse response, boolean noBody) {
        line.answered(response);
        answer.head(response, noBody);
        stream.flush();
    }

    @Override
    public ChannelFuture body(ByteBuf data) {
        int bytes = data.readableBytes();
        if (!answer.body(data)) {
            abort();
            return channel().newFailedFuture(new IllegalStateException("more body than content-length says"));
        }
        stream.flush();
        written += bytes;
        if (stream.queuedBytes() == 0) {
            settle();
            return channel().newSucceededFuture();
        }
        ChannelPromise taken = channel().newPromise();
        pieces.add(new Piece(written, taken));
        return taken;
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
        if (!answer.end(trailers)) {
            abort();
            return;
        }
        line.end(answer.status());
        exchange = new BodyDiscarded();
        if (!requestDone) {
            stream.stopReceiving();
        }
        stream.flush();
    }

    @Override
    public void page(EdgePage page) {
        exchange = new BodyDiscarded();
        ByteBuf body = page.body(channel().alloc());
        head(page.head(body.readableBytes()), !body.isReadable());
        body(body);
        end(null);
    }

    @Override
    public void abort() {
        line.end(answer.status());
        exchange = new BodyDiscarded();
        stream.reset(Http2Error.INTERNAL_ERROR);
    }

    @Override
    public boolean handOver(HttpResponse switching) {
        return false;
    }

    // What the stream says.

    @Override
    public void onHeaders(Http2Headers trailers, boolean endOfStream) {
        try {
            Http2Fields.checkTrailers(trailers);
        } catch (Http2Request.Malformed malformed) {
            LOG.debug("trailers of {}: {}", address(), malformed.getMessage());
            stream.violated(Http2Error.PROTOCOL_ERROR);
            return;
        }
        requestDone = true;
        LastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, TRAILERS);
        for (Map.Entry<CharSequence, CharSequence> field : trailers) {
            String name = field.getKey().toString();
            if (HopByHop.mayTrail(name)) {
                last.trailingHeaders().add(name, field.getValue());
            }
        }
        exchange.onBody(last);
    }

    @Override
    public void onData(ByteBuf data, boolean endOfStream) {
        moved = true;
        int bytes = data.readableBytes();
        requestDone = endOfStream;
        exchange.onBody(
                endOfStream ? new DefaultLastHttpContent(data.retain()) : new DefaultHttpContent(data.retain()));
        if (exchange.wantsBody()) {
            stream.consumed(bytes);
        } else {
            withheld += bytes;
        }
    }

    @Override
    public void onWritable() {
        exchange.onVisitorWritable();
    }

    @Override
    public void onSent() {
        moved = true;
        settle();
    }

    @Override
    public void onClosed(boolean complete, long errorCode) {
        connection.left(this);
        Exchange running = exchange;
        exchange = new BodyDiscarded();
        line.end(answer.status());
        running.onVisitorGone();
        settle();
    }

    /** Tells who waits for it what has gone to the socket, or will never go. */
    private void settle() {
        long out = stream.isClosed() ? Long.MAX_VALUE : written - stream.queuedBytes();
        for (Piece piece = pieces.peek(); piece != null && piece.upTo() <= out; piece = pieces.peek()) {
            pieces.remove();
            piece.taken().trySuccess();
        }
    }

    /**
     * Called again and again, half of {@link EdgeSettings.Times#stall} apart: a visitor who owes a body or does not
     * take an answer has to move.
     */
    void look() {
        boolean owes = !requestDone && !hasAnswered() && withheld == 0 && !isConversation();
        idleLooks = !moved && (owes || stream.queuedBytes() > 0) ? idleLooks + 1 : 0;
        moved = false;
        if (idleLooks >= PATIENT_LOOKS) {
            LOG.debug("a visitor took too long: {}", address());
            stream.reset(Http2Error.CANCEL);
        }
    }

    /** Both sides may be silent for long before either says something: gRPC's streams, WebSockets. */
    private boolean isConversation() {
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return request.protocol() != null || (type != null && type.startsWith("application/grpc"));
    }
}
