package dev.porthole.server.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The ways to end a visitor's connection. Event loop only. */
record Farewell(Channel channel) {
    private static final Duration LINGER = Duration.ofSeconds(2);

    /** Closes when all that was written is sent. */
    void afterFlush() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /**
     * Closes without losing the answer to a visitor who still sends: bytes that arrive at a closed socket would reset
     * the connection before the answer was read (RFC 9112, section 9.6).
     */
    void afterLinger() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> ((DuplexChannel) channel).shutdownOutput());
        channel.eventLoop().schedule(() -> channel.close(), LINGER.toNanos(), TimeUnit.NANOSECONDS);
        channel.read();
    }

    /** However it is closed afterwards, the visitor sees a reset, and never a complete answer. */
    void willReset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
}
