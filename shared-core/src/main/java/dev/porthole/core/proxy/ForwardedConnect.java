package dev.porthole.core.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A TCP tunnel's stream: CONNECT (RFC 9113, section 8.5), then bytes. On the event loop only. */
final class ForwardedConnect implements StreamHandler {
    private final EdgeStream stream;
    private final EarlyData early = new EarlyData();
    private @Nullable RawPipe pipe;
    private boolean over;

    ForwardedConnect(EdgeStream stream) {
        this.stream = stream;
    }

    void start(EndpointDialer dialer, CarriedTunnel tunnel) {
        dialer.dial(tunnel, EndpointDialer.Purpose.BYTES).addListener((Future<Channel> dialled) -> {
            if (over) {
                if (dialled.isSuccess()) {
                    dialled.getNow().close();
                }
            } else if (dialled.isSuccess()) {
                connected(dialled.getNow());
            } else {
                early.discard();
                stream.fail(EndpointFailures.errorOf(dialled.cause()));
            }
        });
    }

    private void connected(Channel channel) {
        stream.head(new DefaultHttp2Headers().status("200"), false);
        stream.flush();
        RawPipe joined = new RawPipe(stream, channel);
        channel.pipeline().addLast(joined);
        pipe = joined;
        early.pourInto(joined);
    }

    @Override
    public int onData(ByteBuf data, boolean end) {
        return pipe == null ? early.keep(data, end) : pipe.onData(data, end);
    }

    @Override
    public void onTrailers(Http2Headers trailers) {
        onData(io.netty.buffer.Unpooled.EMPTY_BUFFER, true);
    }

    @Override
    public void onWritabilityChanged() {
        if (pipe != null) {
            pipe.onWritabilityChanged();
        }
    }

    @Override
    public void onClosed() {
        over = true;
        early.discard();
        if (pipe != null) {
            pipe.onStreamClosed();
        }
    }
}
