package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FarewellTest {
    private final Transport transport = Transport.best();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.handlers());
    private ServerSocket listener;
    private Channel channel;
    private Socket peer;

    @BeforeEach
    void connect() throws Exception {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        channel = new Bootstrap()
                .group(loops)
                .channel(transport.client())
                .handler(new ChannelInboundHandlerAdapter())
                .connect(listener.getLocalSocketAddress())
                .sync()
                .channel();
        peer = listener.accept();
        peer.setSoTimeout(20_000);
    }

    @AfterEach
    void disconnect() throws Exception {
        peer.close();
        listener.close();
        channel.close().sync();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private void onLoop(Runnable task) throws Exception {
        channel.eventLoop().submit(task).get(20, TimeUnit.SECONDS);
    }

    // T-W5
    @Test
    void resetIsSeenAsOne() throws Exception {
        onLoop(() -> new Farewell(channel).reset());
        assertThatThrownBy(() -> peer.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    // T-W5: a session and its visitors may end in one turn of the loop.
    @Test
    void connectionThatIsClosedAlreadyIsLeftAlone() throws Exception {
        onLoop(() -> {
            channel.close();
            new Farewell(channel).reset();
        });
        assertThat(peer.getInputStream().read()).isNegative();
    }
}
