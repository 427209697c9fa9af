package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransportTest {
    @Test
    void closingWhileAConnectionIsBeingMadeClosesIt() throws Exception {
        try (ServerSocket app = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Transport transport = new Transport();
            // On the loop, as dials are: the transport is closed by another thread before the channel is registered.
            ChannelFuture dialled = transport
                    .loop()
                    .submit(() -> {
                        Thread closing = Thread.ofPlatform().start(transport::close);
                        ChannelFuture connecting = transport
                                .bootstrap(Duration.ofSeconds(5))
                                .handler(new ChannelInboundHandlerAdapter())
                                .connect(new InetSocketAddress(app.getInetAddress(), app.getLocalPort()));
                        closing.join();
                        return connecting;
                    })
                    .get(20, TimeUnit.SECONDS);
            assertThat(dialled.await(20, TimeUnit.SECONDS)).isTrue();
            if (dialled.isSuccess()) {
                assertThat(dialled.channel().closeFuture().await(20, TimeUnit.SECONDS))
                        .isTrue();
            }
            assertThat(transport.loop().terminationFuture().await(20, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void aConnectionIsMadeOnTheLoopOnly() throws Exception {
        try (Transport transport = new Transport()) {
            ChannelFuture refused = transport
                    .bootstrap(Duration.ofSeconds(5))
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
            assertThatThrownBy(() -> refused.get(20, TimeUnit.SECONDS)).hasMessageContaining("off the event loop");
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        Transport transport = new Transport();
        transport.close();
        transport.close();
        assertThat(transport.loop().terminationFuture().await(20, TimeUnit.SECONDS))
                .isTrue();
    }
}
