package dev.porthole.core.proxy;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers a server's probe without a word to the app: 204 and the nonce if its endpoint accepts a connection, or its
 * folder is there. On the event loop only.
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
                found(nonce, null);
            } else {
                found(nonce, EndpointFailures.errorOf(dialled.cause()));
            }
        });
    }

    /** For a folder, which has to be there. */
    void startFolder(EventLoop loop, CarriedTunnel tunnel, CharSequence nonce) {
        Thread.ofVirtual().name("folder").start(() -> {
            try {
                FolderExchange.site(tunnel.endpoint()).require();
                loop.execute(() -> found(nonce, null));
            } catch (IOException gone) {
                loop.execute(() -> found(nonce, PortholeError.ENDPOINT_REFUSED));
            }
        });
    }

    private void found(CharSequence nonce, @Nullable PortholeError error) {
        if (over) {
            return;
        }
        if (error != null) {
            stream.fail(error);
            return;
        }
        stream.head(new DefaultHttp2Headers().status("204").set(WireHeaders.PROBE, nonce), true);
        stream.stopReceiving();
        stream.flush();
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
