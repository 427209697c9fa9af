package dev.porthole.server.edge;

import dev.porthole.core.wire.Deadline;
import dev.porthole.core.wire.http2.ConnectionListener;
import dev.porthole.core.wire.http2.Multiplexer;
import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A visitor's HTTP/2 connection: each stream becomes an {@link Http2Visitor}, and nobody keeps it open for ever. It
 * stands in front of the {@link Multiplexer} and sees when bytes have come. Event loop only.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter implements ConnectionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);

    private final Channel channel;
    private final Entrance entrance;
    private final Reception reception;
    private final Multiplexer http2;
    private final Set<Http2Visitor> visitors = new LinkedHashSet<>();
    private final Deadline fieldsDue;
    private final Deadline idle;
    private final Deadline looking;
    private boolean awaitsFields;
    private boolean draining;

    private Http2Connection(Channel channel, Entrance entrance, Reception reception) {
        this.channel = channel;
        this.entrance = entrance;
        this.reception = reception;
        this.http2 = new Multiplexer(Multiplexer.Role.SERVER, reception.http2(), this);
        this.fieldsDue = new Deadline(channel.eventLoop(), http2::close);
        this.idle = new Deadline(channel.eventLoop(), http2::close);
        this.looking = new Deadline(channel.eventLoop(), this::look);
    }

    /** Puts HTTP/2 at the end of a pipeline that holds nothing of HTTP/1.1 any more. */
    static void start(Channel channel, Entrance entrance, Reception reception) {
        Http2Connection connection = new Http2Connection(channel, entrance, reception);
        channel.pipeline().addLast(connection, connection.http2);
        connection.idle.in(reception.times().headers());
        // Flow control holds back whoever sends too much, not the socket: PING and WINDOW_UPDATE have to come through.
        channel.config().setAutoRead(true);
    }

    Channel channel() {
        return channel;
    }

    Entrance entrance() {
        return entrance;
    }

    /** The edge stops: what runs finishes, nothing new begins, and then the connection ends. */
    void drain() {
        draining = true;
        if (visitors.isEmpty()) {
            http2.close();
        } else {
            http2.goAway();
        }
    }

    /** Whether no request is under way. */
    boolean isIdle() {
        return visitors.isEmpty();
    }

    void left(Http2Visitor visitor) {
        visitors.remove(visitor);
    }

    private void look() {
        List.copyOf(visitors).forEach(Http2Visitor::look);
        looking.in(reception.times().stall().dividedBy(2));
    }

    // What the connection says.

    @Override
    public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
        Http2Request request;
        try {
            request = Http2Request.read(head, endOfStream, reception.settings().limits());
        } catch (Http2Request.Malformed malformed) {
            LOG.debug("a request of {}: {}", channel.remoteAddress(), malformed.getMessage());
            stream.violated(Http2Error.PROTOCOL_ERROR);
            return new Nobody();
        }
        idle.never();
        if (http2.activeStreams() == 1) {
            looking.in(reception.times().stall().dividedBy(2));
        }
        Http2Visitor visitor = new Http2Visitor(this, stream, request);
        visitors.add(visitor);
        visitor.begin(endOfStream, reception.routing());
        return visitor;
    }

    @Override
    public void onStreamClosed(int active) {
        if (active == 0) {
            looking.never();
            if (draining) {
                // Not now: the stream's last frames are still being written.
                channel.eventLoop().execute(http2::close);
            } else {
                idle.in(reception.times().idle());
            }
        }
    }

    @Override
    public void onConnectionEnded() {
        fieldsDue.release();
        idle.release();
        looking.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        boolean due = http2.awaitsFields();
        if (due != awaitsFields) {
            awaitsFields = due;
            if (due) {
                fieldsDue.in(reception.times().headers());
            } else {
                fieldsDue.never();
            }
        }
        context.fireChannelReadComplete();
    }

    /** Hears of a stream that ended with its first fields. */
    private static final class Nobody implements StreamReceiver {
        @Override
        public void onHeaders(Http2Headers headers, boolean endOfStream) {}

        @Override
        public void onData(ByteBuf data, boolean endOfStream) {}

        @Override
        public void onWritable() {}

        @Override
        public void onClosed(boolean complete, long errorCode) {}
    }
}
