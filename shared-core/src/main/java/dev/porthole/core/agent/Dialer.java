package dev.porthole.core.agent;

import dev.porthole.core.api.HttpProxy;
import dev.porthole.core.proxy.NameResolver;
import dev.porthole.core.proxy.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the server, through a proxy where there is one: the name is resolved anew for each dial, each address is
 * tried in order, and TLS is verified always, with the server and not with the proxy. Plain {@code http} is for
 * loopback only. Safe from any thread; results come on the event loop.
 */
final class Dialer {
    private final Transport transport;
    private final Duration limit;
    private final URI server;
    private final Function<URI, Optional<HttpProxy>> proxies;
    private final String host;
    private final int port;
    private final @Nullable SslContext tls;

    /**
     * @param tls how to verify an https server; unused for http
     * @param proxies the proxy on the way to a server; may block. Not asked for servers on this computer
     * @throws IllegalArgumentException for an address that may not be dialled
     */
    Dialer(
            Transport transport,
            URI server,
            SslContext tls,
            Duration limit,
            Function<URI, Optional<HttpProxy>> proxies) {
        this.transport = transport;
        this.limit = limit;
        this.server = server;
        this.proxies = proxies;
        String named = server.getHost();
        if (named == null) {
            throw new IllegalArgumentException(
                    "server: " + server + " (expected: https://host, with a port if need be)");
        }
        this.host = named.startsWith("[") ? named.substring(1, named.length() - 1) : named;
        boolean secure = "https".equalsIgnoreCase(server.getScheme());
        if (!secure && !("http".equalsIgnoreCase(server.getScheme()) && isLoopback(host))) {
            throw new IllegalArgumentException(
                    "server: " + server + " (expected: https://; http:// is for this computer only)");
        }
        this.tls = secure ? tls : null;
        this.port = server.getPort() > 0 ? server.getPort() : secure ? 443 : 80;
    }

    EventLoop loop() {
        return transport.loop();
    }

    /** A connection, TLS done, or a {@link DialException}. */
    Future<Channel> dial() {
        Promise<Channel> dialled = loop().newPromise();
        if (isLoopback(host)) {
            dial(null, dialled);
        } else {
            // Asking the system for its settings may block.
            Thread.ofVirtual().name("proxy to " + host).start(() -> {
                Optional<HttpProxy> proxy = proxies.apply(server);
                loop().execute(() -> dial(proxy.orElse(null), dialled));
            });
        }
        return dialled;
    }

    private void dial(@Nullable HttpProxy proxy, Promise<Channel> dialled) {
        String next = proxy == null ? host : proxy.host();
        NameResolver.resolve(next, loop()).addListener((Future<List<InetAddress>> found) -> {
            if (found.isSuccess()) {
                new Attempt(proxy, found.getNow().iterator(), dialled).next(null);
            } else {
                dialled.tryFailure(new DialException(
                        DialException.Kind.UNREACHABLE,
                        (proxy == null ? "" : "The proxy: ") + found.cause().getMessage()));
            }
        });
    }

    /** One dial over the addresses of the server, or of its proxy. */
    private final class Attempt {
        private final @Nullable HttpProxy proxy;
        private final Iterator<InetAddress> addresses;
        private final Promise<Channel> dialled;

        Attempt(@Nullable HttpProxy proxy, Iterator<InetAddress> addresses, Promise<Channel> dialled) {
            this.proxy = proxy;
            this.addresses = addresses;
            this.dialled = dialled;
        }

        void next(@Nullable Throwable before) {
            if (!addresses.hasNext()) {
                dialled.tryFailure(failure(before));
                return;
            }
            ChannelFuture connecting = transport
                    .bootstrap(limit)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            if (proxy == null) {
                                secure(channel);
                            }
                        }
                    })
                    .connect(new InetSocketAddress(addresses.next(), proxy == null ? port : proxy.port()));
            connecting.addListener(_ -> {
                if (!connecting.isSuccess()) {
                    next(connecting.cause());
                } else if (proxy == null) {
                    secured(connecting.channel());
                } else {
                    tunnel(connecting.channel(), proxy);
                }
            });
        }

        private void tunnel(Channel channel, HttpProxy through) {
            Promise<Channel> opened = loop().newPromise();
            opened.addListener((Future<Channel> tunnel) -> {
                if (tunnel.isSuccess()) {
                    secure(channel);
                    secured(channel);
                } else {
                    dialled.tryFailure(tunnel.cause());
                }
            });
            channel.pipeline().addLast(new ProxyTunnel(through, authority(), limit, opened));
        }

        private void secure(Channel channel) {
            if (tls != null) {
                SslHandler handler = tls.newHandler(channel.alloc(), host, port);
                handler.setHandshakeTimeoutMillis(limit.toMillis());
                channel.pipeline().addLast(handler);
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
                    dialled.tryFailure(new DialException(
                            DialException.Kind.UNREACHABLE,
                            "No trusted connection to " + host + ": "
                                    + done.cause().getMessage()));
                }
            });
        }

        private void hand(Channel channel) {
            if (!dialled.trySuccess(channel)) {
                channel.close();
            }
        }

        private DialException failure(@Nullable Throwable cause) {
            String where = proxy == null ? authority() : "the proxy " + proxy;
            boolean refused =
                    cause instanceof ConnectException && !(cause instanceof io.netty.channel.ConnectTimeoutException);
            // A proxy that refuses says nothing of the server.
            if (refused && proxy == null) {
                return new DialException(DialException.Kind.REFUSED, "Nothing listens at " + where + " yet.");
            }
            return new DialException(
                    DialException.Kind.UNREACHABLE,
                    "No connection to " + where + (cause == null ? "." : ": " + cause.getMessage()));
        }
    }

    private String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static boolean isLoopback(String host) {
        if (NameResolver.isLoopbackName(host)) {
            return true;
        }
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        return literal != null && (literal.length == 4 ? literal[0] == 127 : isLoopbackV6(literal));
    }

    private static boolean isLoopbackV6(byte[] address) {
        for (int i = 0; i < 15; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[15] == 1;
    }
}
