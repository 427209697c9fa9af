package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import javax.net.ssl.SSLException;
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
    private static final byte[] METADATA_V6 = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54
    };

    private final Transport transport;
    private final ProxyLimits limits;
    private @Nullable SslContext tls;

    EndpointDialer(Transport transport, ProxyLimits limits) {
        this.transport = transport;
        this.limits = limits;
    }

    EventLoop loop() {
        return transport.loop();
    }

    /**
     * A connection to a tunnel's endpoint, TLS done, or why there is none.
     *
     * @param halfClosure whether the endpoint's end of output leaves our direction open
     */
    Future<Channel> dial(CarriedTunnel tunnel, boolean halfClosure) {
        Promise<Channel> connected = loop().newPromise();
        NameResolver.resolve(tunnel.endpoint().host(), loop()).addListener((Future<List<InetAddress>> found) -> {
            if (!found.isSuccess()) {
                connected.setFailure(found.cause());
                return;
            }
            new Attempt(tunnel, halfClosure, found.getNow().iterator(), connected).next(null);
        });
        return connected;
    }

    static boolean isLinkLocal(InetAddress address) {
        return address.isLinkLocalAddress() || java.util.Arrays.equals(address.getAddress(), METADATA_V6);
    }

    private SslContext tls() throws SSLException {
        SslContext context = tls;
        if (context == null) {
            context = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
            tls = context;
        }
        return context;
    }

    /** One dial over the addresses of a host. */
    private final class Attempt {
        private final CarriedTunnel tunnel;
        private final boolean halfClosure;
        private final Iterator<InetAddress> addresses;
        private final Promise<Channel> connected;

        Attempt(
                CarriedTunnel tunnel,
                boolean halfClosure,
                Iterator<InetAddress> addresses,
                Promise<Channel> connected) {
            this.tunnel = tunnel;
            this.halfClosure = halfClosure;
            this.addresses = addresses;
            this.connected = connected;
        }

        void next(@Nullable Throwable before) {
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
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, halfClosure)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) throws SSLException {
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

        private void prepare(Channel channel) throws SSLException {
            Endpoint endpoint = tunnel.endpoint();
            if (endpoint.scheme() == Endpoint.Scheme.HTTPS) {
                SslHandler handler = tls().newHandler(channel.alloc(), endpoint.host(), endpoint.port());
                handler.setHandshakeTimeoutMillis(limits.dial().toMillis());
                channel.pipeline().addLast(handler);
            }
            channel.pipeline().addLast(new FlushConsolidationHandler(FLUSHES, true));
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
            if (!connected.trySuccess(channel)) {
                channel.close();
            }
        }
    }
}
