package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.wire.GatheredWrites;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects to endpoints: resolves, checks each address against what may be dialled, tries them in order, and makes TLS
 * where the endpoint is {@code https}. For {@code localhost} that is 127.0.0.1 and then ::1, since many development
 * servers listen on one of them only.
 *
 * <p>The address that was checked is the one that is dialled: a name can't change in between. On the event loop only.
 */
final class EndpointDialer {
    // Explicit flushes of one turn of the loop become one system call.
    private static final int FLUSHES = 256;
    private static final String UNTIL_HANDED = "until-handed";
    private static final byte[] METADATA_V6 = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54
    };

    /** What a connection is for: that decides which protocols TLS offers, and what an end of input means. */
    enum Purpose {
        /** Requests: HTTP/2 where the app prefers it. */
        REQUESTS(true, false),
        /** An upgrade, which is HTTP/1.1's: only that is offered, as browsers do it for WebSocket. */
        UPGRADE(false, true),
        /** Bytes. */
        BYTES(false, true);

        private final boolean http2;
        private final boolean halfClosure;

        Purpose(boolean http2, boolean halfClosure) {
            this.http2 = http2;
            this.halfClosure = halfClosure;
        }
    }

    private final Transport transport;
    private final ProxyLimits limits;
    private final EndpointTls tls;

    EndpointDialer(Transport transport, ProxyLimits limits, EndpointTls tls) {
        this.transport = transport;
        this.limits = limits;
        this.tls = tls;
    }

    EventLoop loop() {
        return transport.loop();
    }

    /** A connection to a tunnel's endpoint, TLS done, or why there is none. */
    Future<Channel> dial(CarriedTunnel tunnel, Purpose purpose) {
        Promise<Channel> connected = loop().newPromise();
        if (tunnel.endpoint().scheme() == Endpoint.Scheme.HTTPS) {
            tls.context(tunnel, purpose.http2, loop()).addListener((Future<SslContext> context) -> {
                if (context.isSuccess()) {
                    resolve(new Attempt(tunnel, purpose, context.getNow(), connected));
                } else {
                    connected.setFailure(context.cause());
                }
            });
        } else {
            resolve(new Attempt(tunnel, purpose, null, connected));
        }
        return connected;
    }

    private void resolve(Attempt attempt) {
        NameResolver.resolve(attempt.tunnel.endpoint().host(), loop())
                .addListener((Future<List<InetAddress>> found) -> attempt.begin(found));
    }

    /** What was agreed on in TLS (RFC 7301): HTTP/2, or else HTTP/1.1. */
    static boolean speaksHttp2(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        return handler != null && ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol());
    }

    static boolean isLinkLocal(InetAddress address) {
        return address.isLinkLocalAddress() || java.util.Arrays.equals(address.getAddress(), METADATA_V6);
    }

    /** The handshake's future says it all: nobody else is to hear of it. */
    private static final class HandshakeFailure extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
            failed.close();
        }
    }

    /** One dial over the addresses of a host. */
    private final class Attempt {
        private final CarriedTunnel tunnel;
        private final Purpose purpose;
        private final @Nullable SslContext context;
        private final Promise<Channel> connected;
        private Iterator<InetAddress> addresses = Collections.emptyIterator();

        Attempt(CarriedTunnel tunnel, Purpose purpose, @Nullable SslContext context, Promise<Channel> connected) {
            this.tunnel = tunnel;
            this.purpose = purpose;
            this.context = context;
            this.connected = connected;
        }

        void begin(Future<List<InetAddress>> found) {
            if (found.isSuccess()) {
                addresses = found.getNow().iterator();
                next(null);
            } else {
                connected.setFailure(found.cause());
            }
        }

        private void next(@Nullable Throwable before) {
            if (!addresses.hasNext()) {
                connected.setFailure(
                        before == null ? new IOException(tunnel.endpoint().host() + " has no address") : before);
                return;
            }
            InetAddress address = addresses.next();
            if (isLinkLocal(address) && !tunnel.linkLocalAllowed()) {
                next(new ForbiddenAddressException(address));
                return;
            }
            connect(address);
        }

        private void connect(InetAddress address) {
            ChannelFuture connecting = transport
                    .bootstrap(limits.dial())
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, purpose.halfClosure)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            prepare(channel);
                        }
                    })
                    .connect(new InetSocketAddress(address, tunnel.endpoint().port()));
            connecting.addListener(_ -> {
                if (!connecting.isSuccess()) {
                    next(connecting.cause());
                    return;
                }
                secured(connecting.channel());
            });
        }

        private void prepare(Channel channel) {
            Endpoint endpoint = tunnel.endpoint();
            if (context != null) {
                SslHandler handler = context.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
                handler.setHandshakeTimeoutMillis(limits.dial().toMillis());
                channel.pipeline().addLast(handler);
            }
            channel.pipeline().addLast(new GatheredWrites(FLUSHES));
            if (context != null) {
                channel.pipeline().addLast(UNTIL_HANDED, new HandshakeFailure());
            }
        }

        private void secured(Channel channel) {
            SslHandler handler = channel.pipeline().get(SslHandler.class);
            if (handler == null) {
                hand(channel);
                return;
            }
            handler.handshakeFuture().addListener(done -> {
                if (done.isSuccess()) {
                    hand(channel);
                } else {
                    channel.close();
                    connected.tryFailure(done.cause());
                }
            });
        }

        private void hand(Channel channel) {
            if (context != null) {
                channel.pipeline().remove(UNTIL_HANDED);
            }
            if (!connected.trySuccess(channel)) {
                channel.close();
            }
        }
    }
}
