package dev.porthole.core.proxy;

import dev.porthole.core.wire.SteadyEpoll;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One event loop for sessions and for the connections to endpoints, so that no byte changes threads on its way. Epoll
 * where there is one.
 *
 * <p>The thread is a daemon: whoever carries tunnels decides how long the program lives.
 */
public final class Transport implements AutoCloseable {
    // A stream's share of a session is bounded by its window; this bounds what the kernel has not taken yet.
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 * 1024, 512 * 1024);

    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Supplier<SocketChannel> newChannel;
    private final ChannelGroup open;
    private final AtomicBoolean closed = new AtomicBoolean();

    public Transport() {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? SteadyEpoll.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("porthole-agent", true), io);
        this.loop = group.next();
        this.newChannel = epoll ? EpollSocketChannel::new : NioSocketChannel::new;
        this.open = new DefaultChannelGroup(loop);
    }

    /** The loop that everything of this transport runs on. */
    public EventLoop loop() {
        return loop;
    }

    /** Completes when the loop has turned: a loop that is stuck never completes it. */
    public CompletableFuture<Void> pulse() {
        CompletableFuture<Void> turned = new CompletableFuture<>();
        try {
            loop.execute(() -> turned.complete(null));
        } catch (RejectedExecutionException ended) {
            turned.completeExceptionally(ended);
        }
        return turned;
    }

    /**
     * A client connection, TCP_NODELAY set: Nagle and delayed ACKs cost 40 ms a message. To be used on the loop only: a
     * channel is then never seen between its birth and its registration, when it can't be closed yet.
     */
    public Bootstrap bootstrap(Duration connectTimeout) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(this::channel)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
    }

    /**
     * Ends the loop without waiting for it; connections still open are closed first. Netty's loop closes those that it
     * finds when it begins to end; a soak showed that under load some were left open for good.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            loop.execute(() -> open.close().addListener(_ -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS)));
        }
    }

    private SocketChannel channel() {
        if (!loop.inEventLoop()) {
            throw new IllegalStateException("A connection was asked for off the event loop.");
        }
        if (closed.get()) {
            throw new IllegalStateException("The transport is closed.");
        }
        SocketChannel channel = newChannel.get();
        open.add(channel);
        return channel;
    }
}
