package dev.porthole.server.edge;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.server.relay.AgentSession;
import dev.porthole.server.relay.AgentStream;
import dev.porthole.server.relay.Sessions;
import dev.porthole.server.relay.StreamListener;
import dev.porthole.server.relay.TunnelRoute;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A visitor of a TCP tunnel's port: one connection is one CONNECT stream of a session (RFC 9113, section 8.5).
 *
 * <p>Event loop only. Nothing is asked of the visitor before the agent's endpoint has accepted; what comes
 * nevertheless, because the visitor has ended its half and the system hands over what there is, is kept: a socket's
 * buffer at most. From then on the bytes are the {@link UpgradedConnection}'s. What can't go on is reset, so that it
 * never looks like a proper end: an agent that stays away, an endpoint that refuses, a session that is lost, a
 * connection that rests for too long.
 */
final class TcpVisitor extends ChannelInboundHandlerAdapter implements StreamListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.porthole.access");

    private final TunnelRoute route;
    private final Sessions sessions;
    private final EdgeSettings.Times times;
    private final String requestId = RequestIds.next();
    private final Queue<ByteBuf> early = new ArrayDeque<>(0);
    private boolean earlyEnd;
    private @Nullable ChannelHandlerContext context;
    private @Nullable AgentWait wait;
    private @Nullable AgentSession session;
    private @Nullable AgentStream stream;
    private @Nullable UpgradedConnection joined;
    private boolean over;

    TcpVisitor(TunnelRoute route, Sessions sessions, EdgeSettings.Times times) {
        this.route = route;
        this.sessions = sessions;
        this.times = times;
    }

    // The visitor's side.

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        AgentSession carrier = sessions.leastLoaded(route.tunnel());
        if (carrier != null) {
            connect(carrier);
        } else if (sessions.isBusy(route.tunnel())) {
            breakOff("the agent takes no more connections");
        } else {
            wait = new AgentWait(
                    sessions,
                    route.tunnel(),
                    channel().eventLoop(),
                    times.returningAgent(),
                    this::connect,
                    () -> breakOff("no agent is connected"));
        }
    }

    private void connect(AgentSession carrier) {
        wait = null;
        session = carrier;
        stream = carrier.open(route.tunnel(), request(route, requestId), false, this);
    }

    /** No scheme and no path: the connection itself is what is asked for. */
    static Http2Headers request(TunnelRoute route, String requestId) {
        return new DefaultHttp2Headers()
                .method("CONNECT")
                .authority(route.endpoint().authority())
                .add(WireHeaders.TUNNEL, route.tunnel())
                .add(WireHeaders.REQUEST_ID, requestId);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (joined == null) {
            early.add((ByteBuf) message);
        } else {
            reading.fireChannelRead(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        over = true;
        early.forEach(ByteBuf::release);
        early.clear();
        if (wait != null) {
            wait.cancel();
        }
        if (stream != null && joined == null) {
            stream.cancel();
        }
        gone.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            breakOff("it rested for too long");
        } else if (joined == null && event == ChannelInputShutdownEvent.INSTANCE) {
            earlyEnd = true;
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a TCP visitor's connection failed", cause);
        if (joined != null) {
            context.fireExceptionCaught(cause);
        } else {
            context.close();
        }
    }

    // The agent's side.

    @Override
    public void onHeaders(Http2Headers headers, boolean endOfStream) {
        if (joined != null) {
            joined.onTrailers(endOfStream);
            return;
        }
        if (over) {
            return;
        }
        try {
            int status = AnswerFields.status(headers);
            if (status >= 200 && status < 300 && !endOfStream) {
                LOG.debug("CONNECT {} -> {} ({} {})", route.endpoint(), status, route.name(), requestId);
                join();
            } else if (status >= 200) {
                refused(AnswerFields.agentsError(headers));
            }
        } catch (AnswerFields.BrokenAnswer broken) {
            breakOff("the agent's answer is broken");
        }
    }

    private void join() {
        joined = UpgradedConnection.join(channel(), Objects.requireNonNull(stream));
        ChannelHandlerContext here = Objects.requireNonNull(context);
        if (!early.isEmpty() || earlyEnd) {
            while (!early.isEmpty()) {
                here.fireChannelRead(early.remove());
            }
            if (earlyEnd) {
                here.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            }
            here.fireChannelReadComplete();
        }
    }

    private void refused(@Nullable PortholeError error) {
        if (session != null && (error == PortholeError.ENDPOINT_REFUSED || error == PortholeError.ENDPOINT_TIMEOUT)) {
            session.endpointFailed(route.tunnel(), error);
        }
        breakOff(error == null ? "the agent refused" : error.token());
    }

    @Override
    public void onData(ByteBuf data, boolean endOfStream) {
        if (joined != null) {
            joined.onData(data, endOfStream);
        } else if (stream != null) {
            stream.consumed(data.readableBytes());
        }
    }

    @Override
    public void onWritable() {
        if (joined != null) {
            joined.onWritable();
        }
    }

    @Override
    public void onClosed() {
        if (joined != null) {
            joined.onClosed();
        }
    }

    @Override
    public void onReset(long errorCode) {
        breakOff("the stream was reset");
    }

    private void breakOff(String reason) {
        if (!over) {
            over = true;
            LOG.debug("CONNECT {} broke off: {} ({} {})", route.endpoint(), reason, route.name(), requestId);
            new Farewell(channel()).reset();
        }
    }

    private Channel channel() {
        return Objects.requireNonNull(context).channel();
    }
}
