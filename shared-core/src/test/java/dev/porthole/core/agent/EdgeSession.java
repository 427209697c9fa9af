package dev.porthole.core.agent;

import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.ControlMessageCodec;
import dev.porthole.core.wire.ControlMessageException;
import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One session, seen from the edge: opens streams, keeps what comes back, and can misbehave. */
public final class EdgeSession {
    /** How it behaves. */
    public record Options(boolean answersPings, int streamWindow, Predicate<String> enabled) {
        public Options() {
            this(true, Ptth.STREAM_WINDOW_BYTES, tunnel -> true);
        }

        public Options withoutPongs() {
            return new Options(false, streamWindow, enabled);
        }

        public Options window(int bytes) {
            return new Options(answersPings, bytes, enabled);
        }

        public Options enabled(Predicate<String> tunnels) {
            return new Options(answersPings, streamWindow, tunnels);
        }
    }

    private final Channel channel;
    private final Options options;
    private final Http2Connection connection = new DefaultHttp2Connection(false);
    private final Http2Connection.PropertyKey key = connection.newKey();
    private final Http2ConnectionHandler codec;
    private final BlockingQueue<ControlMessage> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Http2Settings> settings = new CompletableFuture<>();
    private final BlockingQueue<Long> pongs = new LinkedBlockingQueue<>();
    private final ControlMessageCodec control = new ControlMessageCodec();
    private int controlStream;
    private long pings;

    EdgeSession(Channel channel, Options options) {
        this.channel = channel;
        this.options = options;
        this.codec = new Codec(connection, options, new Frames()).build();
        connection.addListener(new Frames());
    }

    Http2ConnectionHandler codec() {
        return codec;
    }

    void start() {
        try {
            connection
                    .local()
                    .flowController()
                    .incrementWindowSize(connection.connectionStream(), Ptth.CONNECTION_WINDOW_BYTES);
        } catch (io.netty.handler.codec.http2.Http2Exception broken) {
            throw new IllegalStateException(broken);
        }
        controlStream = connection.local().incrementAndGetNextStreamId();
        write(
                controlStream,
                new DefaultHttp2Headers()
                        .method("POST")
                        .scheme("http")
                        .authority("localhost")
                        .path(Ptth.CONTROL_PATH),
                false);
    }

    /** What the agent's HTTP/2 server says of itself. */
    public Http2Settings settings() throws Exception {
        return settings.get(20, TimeUnit.SECONDS);
    }

    public ControlMessage nextMessage() throws InterruptedException {
        ControlMessage message = messages.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no control message came");
        }
        return message;
    }

    public boolean heardNothing() {
        return messages.isEmpty();
    }

    public void send(ControlMessage message) {
        channel.eventLoop().execute(() -> sendNow(message));
    }

    private void sendNow(ControlMessage message) {
        data(controlStream, Unpooled.wrappedBuffer(ControlMessageCodec.encode(message)), false);
    }

    /** Says GOAWAY, as an edge does that is about to stop. */
    public void goAway() {
        channel.eventLoop().execute(() -> {
            codec.goAway(context(), 0, 0, Unpooled.EMPTY_BUFFER, channel.newPromise());
            codec.flush(context());
        });
    }

    /** A PING and its answer: all that the agent had to do with what was sent before is done. */
    public void roundTrip() throws InterruptedException {
        channel.eventLoop().execute(() -> {
            codec.encoder().writePing(context(), false, ++pings, channel.newPromise());
            codec.flush(context());
        });
        if (pongs.poll(20, TimeUnit.SECONDS) == null) {
            throw new AssertionError("no answer to PING");
        }
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    public void awaitClosed() throws InterruptedException {
        if (!channel.closeFuture().await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the agent did not close the session");
        }
    }

    public void close() {
        channel.close();
    }

    /** Breaks the connection without a word of HTTP/2. */
    public void drop() {
        channel.eventLoop().execute(() -> context().close());
    }

    /** A GET for a tunnel. */
    public EdgeExchange get(String tunnel, String path) {
        return open(head("GET", tunnel, path), true);
    }

    /** Head of a request for a tunnel, to add to. */
    public static Http2Headers head(String method, String tunnel, String path) {
        return new DefaultHttp2Headers()
                .method(method)
                .scheme("http")
                .authority("quiet-blue-fox.localhost:8080")
                .path(path)
                .set(WireHeaders.TUNNEL, tunnel);
    }

    /** Opens a stream. */
    public EdgeExchange open(Http2Headers head, boolean end) {
        CompletableFuture<EdgeExchange> opened = new CompletableFuture<>();
        channel.eventLoop().execute(() -> {
            int id = connection.local().incrementAndGetNextStreamId();
            write(id, head, end);
            Http2Stream stream = connection.stream(id);
            EdgeExchange exchange = new EdgeExchange(this, id);
            if (stream == null) {
                exchange.reset.complete(-1L);
            } else {
                stream.setProperty(key, exchange);
            }
            opened.complete(exchange);
        });
        return opened.orTimeout(20, TimeUnit.SECONDS).join();
    }

    void write(int stream, Http2Headers head, boolean end) {
        codec.encoder().writeHeaders(context(), stream, head, 0, end, channel.newPromise());
        codec.flush(context());
    }

    io.netty.channel.ChannelFuture data(int stream, ByteBuf data, boolean end) {
        io.netty.channel.ChannelFuture written =
                codec.encoder().writeData(context(), stream, data, 0, end, channel.newPromise());
        codec.flush(context());
        return written;
    }

    void reset(int stream, long code) {
        codec.resetStream(context(), stream, code, channel.newPromise());
        codec.flush(context());
    }

    void consume(int stream, int bytes) {
        Http2Stream open = connection.stream(stream);
        if (open == null) {
            return;
        }
        try {
            connection.local().flowController().consumeBytes(open, bytes);
            codec.flush(context());
        } catch (io.netty.handler.codec.http2.Http2Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(channel.pipeline().context(codec));
    }

    private void received(ControlMessage message) {
        messages.add(message);
        if (message instanceof ControlMessage.Announce(List<String> tunnels)) {
            sendNow(new ControlMessage.Acknowledge(
                    tunnels.stream().filter(options.enabled()).toList(),
                    tunnels.stream().filter(options.enabled().negate()).toList()));
        }
    }

    private static final class Codec extends AbstractHttp2ConnectionHandlerBuilder<Http2ConnectionHandler, Codec> {
        Codec(Http2Connection connection, Options options, Http2FrameListener frames) {
            connection(connection);
            frameListener(frames);
            gracefulShutdownTimeoutMillis(0);
            autoAckPingFrame(options.answersPings());
            initialSettings(new Http2Settings()
                    .pushEnabled(false)
                    .initialWindowSize(options.streamWindow())
                    .maxHeaderListSize(Ptth.MAX_HEADER_LIST_BYTES));
        }

        @Override
        protected Http2ConnectionHandler build() {
            return super.build();
        }

        @Override
        protected Http2ConnectionHandler build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            return new Http2ConnectionHandler(decoder, encoder, settings) {};
        }
    }

    private final class Frames extends Http2EventAdapter {
        @Override
        public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings read) {
            settings.complete(read);
        }

        @Override
        public void onHeadersRead(ChannelHandlerContext ctx, int id, Http2Headers head, int padding, boolean end) {
            if (id == controlStream) {
                return;
            }
            exchange(id).onHead(head, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx,
                int id,
                Http2Headers head,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end) {
            onHeadersRead(ctx, id, head, padding, end);
        }

        @Override
        public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end) {
            int bytes = data.readableBytes();
            if (id == controlStream) {
                try {
                    control.decode(data).forEach(EdgeSession.this::received);
                } catch (ControlMessageException broken) {
                    throw new IllegalStateException(broken);
                }
                return bytes + padding;
            }
            return padding + exchange(id).onData(data, end);
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code) {
            if (id != controlStream && connection.stream(id) != null) {
                exchange(id).onReset(code);
            }
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            EdgeExchange exchange = stream.getProperty(key);
            if (exchange != null) {
                exchange.onClosed();
            }
        }

        @Override
        public void onPingAckRead(ChannelHandlerContext ctx, long content) {
            pongs.add(content);
        }

        private EdgeExchange exchange(int id) {
            return Objects.requireNonNull(
                    Objects.requireNonNull(connection.stream(id)).<EdgeExchange>getProperty(key));
        }
    }
}
