package dev.porthole.server.edge;

import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.ControlMessageCodec;
import dev.porthole.core.wire.ControlMessageException;
import dev.porthole.core.wire.Ptth;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The other end of the wire for tests: dials an edge, speaks the handshake and HTTP/2 as its server, and does with each
 * stream what the test wants, rude things included.
 */
final class WireAgent implements AutoCloseable {
    /** What to do with a request. Called on the agent's event loop. */
    interface App {
        /** The fields came. */
        default void begun(AgentSideStream stream) {}

        /** The whole request came. */
        default void complete(AgentSideStream stream) {}
    }

    /** Answers with the request's body. */
    static final App ECHO = new App() {
        @Override
        public void complete(AgentSideStream stream) {
            stream.answer(200, "content-type", "application/octet-stream");
            stream.send(stream.body(), true);
        }
    };

    static final class HandshakeRefused extends Exception {
        private static final long serialVersionUID = 1L;

        HandshakeRefused(String answer) {
            super(answer);
        }
    }

    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    final BlockingQueue<ControlMessage> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<AgentSideStream> requests = new LinkedBlockingQueue<>();
    final CompletableFuture<String> closed = new CompletableFuture<>();
    volatile App app = ECHO;
    volatile boolean takesBodies = true;
    volatile boolean takesUpgrades = true;
    volatile int takesStreams = Ptth.MAX_CONCURRENT_STREAMS;
    private final Map<Integer, AgentSideStream> streams = new ConcurrentHashMap<>();
    private final ControlMessageCodec codec = new ControlMessageCodec();
    private final CompletableFuture<Channel> ready = new CompletableFuture<>();
    private volatile int controlStream;
    private @Nullable SslContext tls;
    private @Nullable Http2ConnectionHandler http2;
    private @Nullable ChannelHandlerContext context;

    /** Connects with a token that the test's authority likes, and waits until the control stream is open. */
    static WireAgent connect(InetSocketAddress edge, String token) throws Exception {
        return new WireAgent().dial(edge, handshake(token));
    }

    static String handshake(String token) {
        return "GET /.porthole/connect HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: ptth\r\n"
                + "ALPN: h2\r\nPorthole-Wire: 1\r\nPorthole-Instance: instance-" + System.nanoTime()
                + "\r\nUser-Agent: test/1\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    }

    /** The same over TLS. */
    static WireAgent connect(InetSocketAddress edge, String token, SslContext tls) throws Exception {
        WireAgent agent = new WireAgent();
        agent.tls = tls;
        return agent.dial(edge, handshake(token));
    }

    WireAgent dial(InetSocketAddress edge, String handshake) throws Exception {
        Channel channel = new Bootstrap()
                .group(LOOPS)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel dialled) {
                        if (tls != null) {
                            dialled.pipeline().addLast(tls.newHandler(dialled.alloc(), "localhost", edge.getPort()));
                        }
                        dialled.pipeline().addLast(new Dialler(handshake));
                    }
                })
                .connect(edge)
                .sync()
                .channel();
        channel.closeFuture().addListener(end -> {
            closed.complete("closed");
            ready.completeExceptionally(new HandshakeRefused("closed"));
        });
        try {
            ready.get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException refused) {
            if (refused.getCause() instanceof HandshakeRefused answer) {
                throw answer;
            }
            throw refused;
        }
        return this;
    }

    /** Announces tunnels and waits for the edge's word. */
    ControlMessage.Acknowledge announce(String... tunnels) throws InterruptedException {
        say(new ControlMessage.Announce(List.of(tunnels)));
        while (true) {
            ControlMessage message = next();
            if (message instanceof ControlMessage.Acknowledge acknowledge) {
                return acknowledge;
            }
        }
    }

    ControlMessage next() throws InterruptedException {
        ControlMessage message = messages.poll(10, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no control message came");
        }
        return message;
    }

    AgentSideStream nextRequest() throws InterruptedException {
        AgentSideStream stream = requests.poll(10, TimeUnit.SECONDS);
        if (stream == null) {
            throw new AssertionError("no request came");
        }
        return stream;
    }

    void say(ControlMessage message) {
        raw(ControlMessageCodec.encode(message));
    }

    /** Bytes on the control stream. */
    void raw(byte[] bytes) {
        run(() -> {
            http2().encoder()
                    .writeData(
                            context(),
                            controlStream,
                            Unpooled.wrappedBuffer(bytes),
                            0,
                            false,
                            context().newPromise());
            http2().flush(context());
        });
    }

    /** Bytes beneath HTTP/2: for an agent that breaks its rules. */
    void frame(byte[] bytes) {
        run(() -> {
            ChannelHandlerContext first = context().pipeline().firstContext();
            first.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        });
    }

    void run(Runnable task) {
        context().executor().execute(task);
    }

    @Override
    public void close() {
        drop();
    }

    /** Drops the connection without a word. */
    void drop() {
        if (context != null && context.channel().isActive()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            context.pipeline().firstContext().close();
        }
    }

    ChannelHandlerContext context() {
        return java.util.Objects.requireNonNull(context);
    }

    Http2ConnectionHandler http2() {
        return java.util.Objects.requireNonNull(http2);
    }

    /** Sends the handshake, reads its answer, and makes room for HTTP/2. */
    private final class Dialler extends ChannelInboundHandlerAdapter {
        private final String handshake;
        private final ByteBuf answer = Unpooled.buffer();

        Dialler(String handshake) {
            this.handshake = handshake;
        }

        @Override
        public void channelActive(ChannelHandlerContext active) {
            active.writeAndFlush(Unpooled.copiedBuffer(handshake, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void channelRead(ChannelHandlerContext reading, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            answer.writeBytes(bytes);
            bytes.release();
            String text = answer.toString(StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            if (!text.startsWith("HTTP/1.1 101 ")) {
                ready.completeExceptionally(new HandshakeRefused(text));
                reading.close();
                return;
            }
            answer.skipBytes(end + 4);
            http2 = new Http2ConnectionHandlerBuilder()
                    .server(true)
                    .frameListener(new Frames())
                    .initialSettings(new Http2Settings()
                            .initialWindowSize(Ptth.STREAM_WINDOW_BYTES)
                            .maxConcurrentStreams(takesStreams)
                            .connectProtocolEnabled(takesUpgrades))
                    .decoupleCloseAndGoAway(true)
                    .build();
            reading.pipeline().addLast(new FlushConsolidationHandler(256, true), http2);
            context = reading.pipeline().context(http2);
            if (answer.isReadable()) {
                reading.fireChannelRead(answer);
            } else {
                answer.release();
            }
            reading.pipeline().remove(this);
        }
    }

    private final class Frames extends Http2FrameAdapter {
        @Override
        public void onHeadersRead(
                ChannelHandlerContext reading,
                int streamId,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end)
                throws Http2Exception {
            onHeadersRead(reading, streamId, headers, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext reading, int streamId, Http2Headers headers, int padding, boolean end) {
            if (Ptth.CONTROL_PATH.contentEquals(String.valueOf(headers.path()))) {
                controlStream = streamId;
                http2().encoder()
                        .writeHeaders(
                                reading,
                                streamId,
                                new DefaultHttp2Headers().status("200"),
                                0,
                                false,
                                reading.newPromise());
                reading.flush();
                ready.complete(reading.channel());
                return;
            }
            AgentSideStream stream = streams.get(streamId);
            if (stream == null) {
                stream = new AgentSideStream(streamId, headers);
                streams.put(streamId, stream);
                app.begun(stream);
                // Last: what a test writes comes behind the app's head.
                requests.add(stream);
            } else {
                stream.trailers = headers;
            }
            if (end) {
                stream.completed();
            }
        }

        @Override
        public int onDataRead(ChannelHandlerContext reading, int streamId, ByteBuf data, int padding, boolean end) {
            int bytes = data.readableBytes() + padding;
            if (streamId == controlStream) {
                try {
                    messages.addAll(codec.decode(data));
                } catch (ControlMessageException broken) {
                    throw new IllegalStateException(broken);
                }
                return bytes;
            }
            AgentSideStream stream = streams.get(streamId);
            if (stream != null) {
                stream.received(data);
                if (end) {
                    stream.completed();
                }
            }
            return takesBodies ? bytes : padding;
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext reading, int streamId, long errorCode) {
            AgentSideStream stream = streams.get(streamId);
            if (stream != null) {
                stream.reset.complete(errorCode);
            }
        }

        @Override
        public void onGoAwayRead(ChannelHandlerContext reading, int last, long errorCode, ByteBuf debug) {
            messages.add(new ControlMessage.Unknown("goaway"));
        }
    }

    /** One request as the agent sees it. Its methods work on any thread. */
    final class AgentSideStream {
        final int id;
        final Http2Headers request;
        final CompletableFuture<Long> reset = new CompletableFuture<>();
        final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        final java.util.concurrent.atomic.AtomicLong receivedBytes = new java.util.concurrent.atomic.AtomicLong();
        volatile @Nullable Http2Headers trailers;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        AgentSideStream(int id, Http2Headers request) {
            this.id = id;
            this.request = request;
        }

        @Nullable
        String field(String name) {
            CharSequence value = request.get(name);
            return value == null ? null : value.toString();
        }

        byte[] body() {
            synchronized (body) {
                return body.toByteArray();
            }
        }

        private void received(ByteBuf data) {
            receivedBytes.addAndGet(data.readableBytes());
            synchronized (body) {
                body.writeBytes(ByteBufUtil.getBytes(data));
            }
        }

        private void completed() {
            whole.complete(body());
            app.complete(this);
        }

        void answer(int status, String... fields) {
            answer(headers(status, fields), false);
        }

        void answerAll(int status, String... fields) {
            answer(headers(status, fields), true);
        }

        void answer(Http2Headers headers, boolean end) {
            run(() -> {
                http2().encoder()
                        .writeHeaders(context(), id, headers, 0, end, context().newPromise());
                http2().flush(context());
            });
        }

        void send(byte[] data, boolean end) {
            run(() -> {
                http2().encoder()
                        .writeData(
                                context(),
                                id,
                                Unpooled.wrappedBuffer(data),
                                0,
                                end,
                                context().newPromise());
                http2().flush(context());
            });
        }

        /** Writes more each time that what was written is gone; counts what left. */
        void sendForever(byte[] piece, java.util.concurrent.atomic.AtomicLong sent) {
            run(() -> pump(piece, sent));
        }

        private void pump(byte[] piece, java.util.concurrent.atomic.AtomicLong sent) {
            http2().encoder()
                    .writeData(
                            context(),
                            id,
                            Unpooled.wrappedBuffer(piece),
                            0,
                            false,
                            context().newPromise().addListener(done -> {
                                if (done.isSuccess()) {
                                    sent.addAndGet(piece.length);
                                    // Not from within: Netty counts what it writes against the window only afterwards.
                                    run(() -> pump(piece, sent));
                                }
                            }));
            http2().flush(context());
        }

        void resetWith(long errorCode) {
            run(() -> {
                http2().resetStream(context(), id, errorCode, context().newPromise());
                http2().flush(context());
            });
        }

        static Http2Headers headers(int status, String... fields) {
            Http2Headers headers = new DefaultHttp2Headers(false).status(Integer.toString(status));
            for (int at = 0; at < fields.length; at += 2) {
                headers.add(fields[at], fields[at + 1]);
            }
            return headers;
        }
    }
}
