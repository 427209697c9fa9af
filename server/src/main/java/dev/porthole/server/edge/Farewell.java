package dev.porthole.server.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
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
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(channel));
        channel.eventLoop().schedule(() -> channel.close(), LINGER.toNanos(), TimeUnit.NANOSECONDS);
        channel.read();
    }

    /**
     * Closes so that the visitor sees a reset, and never a complete answer. TLS is passed over: its close_notify would
     * say that all is well (RFC 8446, section 6.1). Does nothing with a connection that is closed, of whose end its
     * handlers may hear only after others did.
     */
    void reset() {
        if (!channel.isOpen()) {
            // A closed socket takes no options: it would throw, in the middle of someone else's end.
            return;
        }
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) {
            channel.close();
        } else {
            first.close();
        }
    }

    /** The same when all that was written is sent. */
    void resetAfterFlush() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> reset());
    }

    /** Says that nothing more comes, and goes on reading. */
    static void endOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            ((DuplexChannel) channel).shutdownOutput();
        } else {
            tls.closeOutbound().addListener(said -> ((DuplexChannel) channel).shutdownOutput());
        }
    }
}
