package dev.porthole.core.agent;

import dev.porthole.core.wire.Ptth;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other end of the wire, as small as a test needs it: takes connects, turns them around, and is driven by hand. */
public final class WireEdge implements AutoCloseable {
    /** One connect that an agent asked for. */
    public record Connect(String path, HttpHeaders headers) {}

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<Connect> connects = new LinkedBlockingQueue<>();
    private final BlockingQueue<EdgeSession> sessions = new LinkedBlockingQueue<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final Queue<Channel> accepted = new ConcurrentLinkedQueue<>();
    private volatile EdgeSession.Options options = new EdgeSession.Options();
    private final int port;
    private Channel listener;

    public WireEdge() {
        this(0);
    }

    public WireEdge(int wantedPort) {
        listener = listen(wantedPort);
        port = ((InetSocketAddress) listener.localAddress()).getPort();
    }

    public URI uri() {
        return URI.create("http://localhost:" + port);
    }

    public int port() {
        return port;
    }

    /** Answers the next connects with these instead of 101. */
    public WireEdge answerNext(int... next) {
        for (int status : next) {
            statuses.add(status);
        }
        return this;
    }

    /** How sessions from now on behave. */
    public void options(EdgeSession.Options next) {
        options = next;
    }

    public Connect nextConnect() throws InterruptedException {
        Connect connect = connects.poll(20, TimeUnit.SECONDS);
        if (connect == null) {
            throw new AssertionError("no agent connected");
        }
        return connect;
    }

    public EdgeSession nextSession() throws InterruptedException {
        EdgeSession session = sessions.poll(20, TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no session came");
        }
        return session;
    }

    public int waitingConnects() {
        return connects.size();
    }

    /** Stops listening and breaks all connections, as a killed server does. */
    public void kill() {
        listener.close().syncUninterruptibly();
        for (Channel channel = accepted.poll(); channel != null; channel = accepted.poll()) {
            channel.close().syncUninterruptibly();
        }
    }

    /** Listens again where it did. */
    public void revive() {
        listener = listen(port);
    }

    @Override
    public void close() {
        kill();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Channel listen(int wantedPort) {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add(channel);
                        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(4096), new Accept());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), wantedPort)
                .syncUninterruptibly()
                .channel();
    }

    private final class Accept extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            connects.add(new Connect(request.uri(), request.headers().copy()));
            Integer status = statuses.poll();
            if (status != null) {
                FullHttpResponse no = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER);
                no.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
                ctx.writeAndFlush(no).addListener(ChannelFutureListener.CLOSE);
                return;
            }
            FullHttpResponse turned =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
            turned.headers()
                    .set(HttpHeaderNames.CONNECTION, "upgrade")
                    .set(HttpHeaderNames.UPGRADE, Ptth.UPGRADE_TOKEN)
                    .set("ALPN", Ptth.ALPN);
            ctx.writeAndFlush(turned);
            EdgeSession session = new EdgeSession(ctx.channel(), options);
            ctx.pipeline().remove(HttpServerCodec.class);
            ctx.pipeline().remove(HttpObjectAggregator.class);
            ctx.pipeline().addLast(session.codec());
            ctx.pipeline().remove(this);
            session.start();
            sessions.add(session);
        }
    }
}
