package dev.porthole.core.agent;

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
import org.jspecify.annotations.Nullable;

/**
 * Connects to the server: its name is resolved anew for each dial, each address is tried in order, and TLS is verified
 * always. Plain {@code http} is for loopback only. Safe from any thread; results come on the event loop.
 */
final class Dialer {
    private final Transport transport;
    private final Duration limit;
    private final String host;
    private final int port;
    private final @Nullable SslContext tls;

    /**
     * @param tls how to verify an https server; unused for http
     * @throws IllegalArgumentException for an address that may not be dialled
     */
    Dialer(Transport transport, URI server, SslContext tls, Duration limit) {
        this.transport = transport;
        this.limit = limit;
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
        NameResolver.resolve(host, loop()).addListener((Future<List<InetAddress>> found) -> {
            if (found.isSuccess()) {
                next(found.getNow().iterator(), dialled, null);
            } else {
                dialled.setFailure(new DialException(
                        DialException.Kind.UNREACHABLE,
                        String.valueOf(found.cause().getMessage())));
            }
        });
        return dialled;
    }

    private void next(Iterator<InetAddress> addresses, Promise<Channel> dialled, @Nullable Throwable before) {
        if (!addresses.hasNext()) {
            dialled.setFailure(failure(before));
            return;
        }
        ChannelFuture connecting = transport
                .bootstrap(limit)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            SslHandler handler = tls.newHandler(channel.alloc(), host, port);
                            handler.setHandshakeTimeoutMillis(limit.toMillis());
                            channel.pipeline().addLast(handler);
                        }
                    }
                })
                .connect(new InetSocketAddress(addresses.next(), port));
        connecting.addListener(_ -> {
            if (connecting.isSuccess()) {
                secured(connecting.channel(), dialled);
            } else {
                next(addresses, dialled, connecting.cause());
            }
        });
    }

    private void secured(Channel channel, Promise<Channel> dialled) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            dialled.setSuccess(channel);
            return;
        }
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                dialled.setSuccess(channel);
            } else {
                channel.close();
                dialled.setFailure(new DialException(
                        DialException.Kind.UNREACHABLE,
                        "No trusted connection to " + host + ": " + done.cause().getMessage()));
            }
        });
    }

    private DialException failure(@Nullable Throwable cause) {
        String where = host + ":" + port;
        if (cause instanceof ConnectException && !(cause instanceof io.netty.channel.ConnectTimeoutException)) {
            return new DialException(DialException.Kind.REFUSED, "Nothing listens at " + where + " yet.");
        }
        return new DialException(
                DialException.Kind.UNREACHABLE,
                "No connection to " + where + (cause == null ? "." : ": " + cause.getMessage()));
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
