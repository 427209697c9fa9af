package dev.porthole.core.proxy;

import dev.porthole.core.wire.http2.ConnectionLimits;
import dev.porthole.core.wire.http2.ConnectionListener;
import dev.porthole.core.wire.http2.Misuse;
import dev.porthole.core.wire.http2.Multiplexer;
import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A local app that speaks HTTP/2 without TLS, and does to each stream what a test tells it. */
final class Http2App implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final List<Multiplexer> connections = new CopyOnWriteArrayList<>();
    private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();
    private final Channel listener;

    Http2App() {
        this(100, true);
    }

    /** Takes so many streams at once on a connection, and extended CONNECT or not. */
    Http2App(int streams, boolean takesUpgrades) {
        ConnectionLimits limits = new ConnectionLimits(
                streams, 1024 * 1024, 256 * 1024, 16 * 1024, 64 * 1024, takesUpgrades, new Misuse.Allowance(50, 50));
        listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Multiplexer http2 = new Multiplexer(Multiplexer.Role.SERVER, limits, new Calls());
                        connections.add(http2);
                        channels.add(channel);
                        channel.pipeline().addLast(http2);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    int connections() {
        return connections.size();
    }

    /** Says on its first connection that it takes no more streams. */
    void goAway() throws Exception {
        run(() -> connections.getFirst().goAway());
    }

    Call nextCall() throws InterruptedException {
        Call call = calls.poll(20, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no call came");
        }
        return call;
    }

    int waitingCalls() {
        return calls.size();
    }

    /** Breaks all connections and takes no more, as a killed app does. */
    void kill() {
        listener.close().syncUninterruptibly();
        for (Channel channel = channels.poll(); channel != null; channel = channels.poll()) {
            channel.close().syncUninterruptibly();
        }
    }

    @Override
    public void close() {
        kill();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void run(Runnable task) throws Exception {
        CompletableFuture.runAsync(task, loop).get(20, TimeUnit.SECONDS);
    }

    private final class Calls implements ConnectionListener {
        @Override
        public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
            Call call = new Call(stream, head);
            if (endOfStream) {
                call.ended.complete("");
            }
            calls.add(call);
            return call;
        }
    }

    /** One request as the app has it. */
    final class Call implements StreamReceiver {
        private final Stream stream;
        private final Http2Headers head;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        private final CompletableFuture<Http2Headers> trailers = new CompletableFuture<>();
        private final CompletableFuture<Long> closed = new CompletableFuture<>();
        private volatile int received;
        private boolean holding;

        Call(Stream stream, Http2Headers head) {
            this.stream = stream;
            this.head = head;
        }

        String field(String name) {
            return String.valueOf(head.get(name));
        }

        Http2Headers head() {
            return head;
        }

        /** The whole body, once it has ended. */
        String body() throws Exception {
            return ended.get(20, TimeUnit.SECONDS);
        }

        Http2Headers trailers() throws Exception {
            return trailers.get(20, TimeUnit.SECONDS);
        }

        int received() {
            return received;
        }

        /** How the stream ended: an error's code (RFC 9113, section 7). */
        long closed() throws Exception {
            return closed.get(20, TimeUnit.SECONDS);
        }

        Call hold() throws Exception {
            run(() -> holding = true);
            return this;
        }

        void letGo() throws Exception {
            run(() -> {
                holding = false;
                stream.consumed(received);
            });
        }

        /** Fields in pairs of name and value. */
        Call says(boolean end, String... fields) throws Exception {
            Http2Headers headers = new DefaultHttp2Headers(false);
            for (int at = 0; at < fields.length; at += 2) {
                headers.add(fields[at], fields[at + 1]);
            }
            run(() -> {
                stream.headers(headers, end);
                stream.flush();
            });
            return this;
        }

        Call data(String text, boolean end) throws Exception {
            return data(text.getBytes(StandardCharsets.UTF_8), end);
        }

        Call data(byte[] bytes, boolean end) throws Exception {
            run(() -> {
                stream.data(Unpooled.wrappedBuffer(bytes), end);
                stream.flush();
            });
            return this;
        }

        Call trailers(String name, String value) throws Exception {
            run(() -> {
                stream.trailers(new DefaultHttp2Headers().add(name, value));
                stream.flush();
            });
            return this;
        }

        void reset(Http2Error error) throws Exception {
            run(() -> stream.reset(error));
        }

        boolean isWritable() throws Exception {
            return CompletableFuture.supplyAsync(stream::isWritable, loop).get(20, TimeUnit.SECONDS);
        }

        @Override
        public void onHeaders(Http2Headers headers, boolean endOfStream) {
            trailers.complete(headers);
            ended.complete(body.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void onData(ByteBuf data, boolean endOfStream) {
            int bytes = data.readableBytes();
            byte[] copy = new byte[bytes];
            data.readBytes(copy);
            body.writeBytes(copy);
            received = body.size();
            if (!holding) {
                stream.consumed(bytes);
            }
            if (endOfStream) {
                ended.complete(body.toString(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void onWritable() {}

        @Override
        public void onClosed(boolean complete, long errorCode) {
            closed.complete(errorCode);
        }
    }
}
