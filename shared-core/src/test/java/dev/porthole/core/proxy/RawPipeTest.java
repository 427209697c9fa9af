package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.wire.http2.ConnectionLimits;
import dev.porthole.core.wire.http2.Misuse;
import dev.porthole.core.wire.http2.Multiplexer;
import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RawPipeTest {
    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(100, 256 * 1024, 64 * 1024, 16 * 1024, 64 * 1024, true, new Misuse.Allowance(50, 50));

    // T-W5
    @Test
    void endsOfStreamAndConnectionMayMeetInOneTurnOfTheLoop() throws Exception {
        Multiplexer http2 = new Multiplexer(Multiplexer.Role.CLIENT, LIMITS, (_, _, _) -> new Nobody());
        EmbeddedChannel session = new EmbeddedChannel(http2);
        Stream stream = Objects.requireNonNull(http2.open(new DefaultHttp2Headers(), false, new Nobody()));
        try (Transport transport = new Transport();
                ServerSocket app = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Channel connection = connected(transport, app);
            transport
                    .loop()
                    .submit(() -> {
                        // Its handlers hear of it a turn later.
                        connection.close();
                        new RawPipe(new EdgeStream(stream), connection).onStreamClosed();
                    })
                    .get(20, TimeUnit.SECONDS);
            assertThat(connection.isOpen()).isFalse();
        } finally {
            session.finishAndReleaseAll();
        }
    }

    private static Channel connected(Transport transport, ServerSocket app) throws Exception {
        ChannelFuture connecting = transport
                .loop()
                .submit(() -> transport
                        .bootstrap(Duration.ofSeconds(5))
                        .handler(new ChannelInboundHandlerAdapter())
                        .connect(new InetSocketAddress(app.getInetAddress(), app.getLocalPort())))
                .get(20, TimeUnit.SECONDS);
        return connecting.sync().channel();
    }

    private static final class Nobody implements StreamReceiver {
        @Override
        public void onHeaders(Http2Headers headers, boolean endOfStream) {}

        @Override
        public void onData(ByteBuf data, boolean endOfStream) {}

        @Override
        public void onWritable() {}

        @Override
        public void onClosed(boolean complete, long errorCode) {}
    }
}
