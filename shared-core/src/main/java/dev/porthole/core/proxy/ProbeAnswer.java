package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.Future;
import java.io.IOException;

/**
 * Answers a server's probe without a word to the app: 204 and the nonce if its endpoint accepts a connection, or its
 * folder is there, and otherwise why not. On the event loop only.
 */
final class ProbeAnswer implements StreamHandler {
    private final EdgeStream stream;
    private boolean over;

    ProbeAnswer(EdgeStream stream) {
        this.stream = stream;
    }

    void start(EndpointDialer dialer, ProxyLimits limits, CarriedTunnel tunnel, CharSequence nonce) {
        dialer.dial(tunnel, EndpointDialer.Purpose.REQUESTS).addListener((Future<Channel> dialled) -> {
            if (!dialled.isSuccess()) {
                refused(tunnel, dialled.cause());
            } else if (tunnel.endpoint().scheme() == Endpoint.Scheme.H2C) {
                // Without TLS nothing has agreed on it: only the app's own first words show that it speaks HTTP/2.
                EndpointHttp2.begin(dialled.getNow(), tunnel.endpoint(), limits.dial())
                        .addListener((Future<EndpointHttp2> begun) -> {
                            dialled.getNow().close();
                            if (begun.isSuccess()) {
                                accepted(nonce);
                            } else {
                                refused(tunnel, begun.cause());
                            }
                        });
            } else {
                dialled.getNow().close();
                accepted(nonce);
            }
        });
    }

    /** For a folder, which has to be there. */
    void startFolder(EventLoop loop, CarriedTunnel tunnel, CharSequence nonce) {
        Thread.ofVirtual().name("folder").start(() -> {
            try {
                FolderExchange.site(tunnel.endpoint()).require();
                loop.execute(() -> accepted(nonce));
            } catch (IOException gone) {
                loop.execute(() -> {
                    if (!over) {
                        stream.fail(PortholeError.ENDPOINT_REFUSED, "The folder is not there any more.");
                    }
                });
            }
        });
    }

    private void accepted(CharSequence nonce) {
        if (!over) {
            stream.head(new DefaultHttp2Headers().status("204").set(WireHeaders.PROBE, nonce), true);
            stream.stopReceiving();
            stream.flush();
        }
    }

    private void refused(CarriedTunnel tunnel, Throwable cause) {
        if (!over) {
            stream.fail(EndpointFailures.errorOf(cause), EndpointFailures.sentenceOf(tunnel.endpoint(), cause));
        }
    }

    @Override
    public int onData(ByteBuf data, boolean end) {
        return data.readableBytes();
    }

    @Override
    public void onTrailers(Http2Headers trailers) {}

    @Override
    public void onWritabilityChanged() {}

    @Override
    public void onClosed() {
        over = true;
    }
}
