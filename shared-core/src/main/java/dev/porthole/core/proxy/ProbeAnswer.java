package dev.porthole.core.proxy;

import dev.porthole.core.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.Future;

/**
 * Answers a server's probe without a word to the app: 204 and the nonce if its endpoint accepts a connection. On the
 * event loop only.
 */
final class ProbeAnswer implements StreamHandler {
    private final EdgeStream stream;
    private boolean over;

    ProbeAnswer(EdgeStream stream) {
        this.stream = stream;
    }

    void start(EndpointDialer dialer, CarriedTunnel tunnel, CharSequence nonce) {
        dialer.dial(tunnel, false).addListener((Future<Channel> dialled) -> {
            if (dialled.isSuccess()) {
                dialled.getNow().close();
            }
            if (over) {
                return;
            }
            if (dialled.isSuccess()) {
                stream.head(new DefaultHttp2Headers().status("204").set(WireHeaders.PROBE, nonce), true);
                stream.stopReceiving();
                stream.flush();
            } else {
                stream.fail(EndpointFailures.errorOf(dialled.cause()));
            }
        });
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
