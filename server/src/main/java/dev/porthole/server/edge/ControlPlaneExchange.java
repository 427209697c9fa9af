package dev.porthole.server.edge;

import dev.porthole.core.wire.WireHeaders;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for the server itself: streamed to the control plane's listener on loopback and back. Each has a connection
 * of its own: on loopback one costs little, and a request can never meet a connection that was closed meanwhile.
 *
 * <p>Event loop only. Up: the visitor is read while the upstream is writable. Down: the upstream is read while the
 * visitor is writable, and each piece is flushed at once, so that an event stream's events arrive as they are sent.
 */
final class ControlPlaneExchange extends ChannelInboundHandlerAdapter implements Exchange {
    private static final String SECRET = "porthole-edge-secret";
    private static final int CONNECT_MILLIS = 2_000;

    /** Where the control plane listens, and how it knows that the edge speaks. */
    record Upstream(
            InetSocketAddress address,
            String secret,
            Class<? extends SocketChannel> channelType,
            ForwardedFields forwarded) {}

    private final Visitor visitor;
    private final HttpRequest request;
    private final Queue<HttpContent> early = new ArrayDeque<>();
    private @Nullable Channel upstream;
    private boolean connected;
    private boolean informational;
    private boolean over;

    private ControlPlaneExchange(Visitor visitor, HttpRequest request) {
        this.visitor = visitor;
        this.request = request;
    }

    static Exchange start(Visitor visitor, HttpRequest request, RequestTarget target, Upstream to) {
        HttpRequest forwarded = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, request.method(), target.path(), fields(visitor, request, target, to));
        ControlPlaneExchange exchange = new ControlPlaneExchange(visitor, request);
        exchange.connect(visitor.channel().eventLoop(), to, forwarded);
        return exchange;
    }

    private static HttpHeaders fields(Visitor visitor, HttpRequest request, RequestTarget target, Upstream to) {
        HttpHeaders fields = new DefaultHttpHeaders();
        Set<String> named = HopByHop.named(request.headers());
        for (Map.Entry<String, String> field : request.headers()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            boolean dropped = name.equals("host")
                    || HopByHop.isAlways(name)
                    || named.contains(name)
                    || ForwardedFields.replaces(name)
                    || name.startsWith(WireHeaders.PREFIX);
            if (!dropped) {
                fields.add(field.getKey(), field.getValue());
            }
        }
        fields.set(HttpHeaderNames.HOST, target.authority());
        fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            fields.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        InetSocketAddress listener = (InetSocketAddress) visitor.channel().localAddress();
        to.forwarded()
                .tell(
                        visitor.address(),
                        visitor.entrance(),
                        listener,
                        target.authority(),
                        request.headers(),
                        fields::add);
        fields.set(WireHeaders.REQUEST_ID, visitor.requestId());
        fields.set(SECRET, to.secret());
        return fields;
    }

    private void connect(EventLoop loop, Upstream to, HttpRequest forwarded) {
        ControlPlaneExchange self = this;
        ChannelFuture dialled = new Bootstrap()
                .group(loop)
                .channel(to.channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(), self);
                    }
                })
                .connect(to.address());
        upstream = dialled.channel();
        dialled.addListener(done -> {
            if (over) {
                dialled.channel().close();
            } else if (!done.isSuccess()) {
                over = true;
                dropEarly();
                visitor.page(EdgePage.controlPlaneDown(request));
            } else {
                send(dialled.channel(), forwarded);
            }
        });
    }

    private void send(Channel to, HttpRequest forwarded) {
        connected = true;
        to.write(forwarded);
        while (!early.isEmpty()) {
            to.write(early.remove());
        }
        to.flush();
        to.read();
        visitor.resumeReading();
    }

    // The visitor's side.

    @Override
    public void onBody(HttpContent content) {
        if (over) {
            content.release();
        } else if (connected && upstream != null) {
            upstream.writeAndFlush(content);
        } else {
            early.add(content);
        }
    }

    @Override
    public boolean wantsBody() {
        return over || (connected && upstream != null && upstream.isWritable());
    }

    @Override
    public void onVisitorWritable() {
        if (upstream != null && connected) {
            upstream.read();
        }
    }

    @Override
    public void onVisitorGone() {
        over = true;
        dropEarly();
        if (upstream != null) {
            upstream.close();
        }
    }

    // The control plane's side.

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        HttpObject object = (HttpObject) message;
        if (over || object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        if (object instanceof HttpResponse response) {
            takeHead(response);
        }
        if (object instanceof HttpContent content) {
            takeBody(context, content);
        }
    }

    private void takeHead(HttpResponse response) {
        informational = response.status().code() < 200;
        HttpHeaders fields = new DefaultHttpHeaders();
        Set<String> named = HopByHop.named(response.headers());
        for (Map.Entry<String, String> field : response.headers()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (!HopByHop.isAlways(name) && !named.contains(name)) {
                fields.add(field.getKey(), field.getValue());
            }
        }
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, response.status(), fields);
        if (informational) {
            visitor.informational(head);
        } else {
            visitor.head(head, false);
        }
    }

    private void takeBody(ChannelHandlerContext context, HttpContent content) {
        if (informational) {
            content.release();
            return;
        }
        if (content.content().isReadable()) {
            visitor.body(content.content());
        } else {
            content.release();
        }
        if (content instanceof LastHttpContent last && !over) {
            over = true;
            context.close();
            visitor.end(last.trailingHeaders());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!over && visitor.isWritable()) {
            context.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!over && context.channel().isWritable()) {
            visitor.resumeReading();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (over) {
            return;
        }
        over = true;
        dropEarly();
        if (visitor.hasAnswered()) {
            visitor.abort();
        } else {
            visitor.page(EdgePage.controlPlaneDown(request));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void dropEarly() {
        early.forEach(HttpContent::release);
        early.clear();
    }
}
