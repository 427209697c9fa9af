package dev.porthole.core.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrameWriterTest {
    private static final int CHUNK_BYTES = 8 * 1024;

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true, true);
    private Socket socket;
    private FrameWriter writer;

    @BeforeEach
    void connect() {
        socket = new Socket();
        socket.config().setAllocator(memory);
        writer = new FrameWriter(socket.pipeline().context("end"));
    }

    @AfterEach
    void close() {
        socket.full = false;
        writer.flush();
        writer.release();
        socket.finishAndReleaseAll();
    }

    @Test // T-R5
    void quietConnectionHoldsNoBuffer() {
        writer.windowUpdate(1, 1);
        writer.flush();
        taken();
        assertThat(memory.metric().usedDirectMemory())
                .as("kept for what follows")
                .isEqualTo(CHUNK_BYTES);

        writer.ping(false, 1);
        writer.flush();
        taken();
        assertThat(memory.metric().usedDirectMemory()).isZero();
    }

    @Test // T-R5
    void smallFramesForAPeerThatDoesNotReadShareOneBuffer() {
        socket.full = true;
        for (int count = 0; count < 200; count++) {
            writer.ping(true, count);
            writer.flush();
        }

        assertThat(memory.metric().usedDirectMemory()).isEqualTo(CHUNK_BYTES);
    }

    @Test // T-R5
    void whatWaitedForTheSocketComesInItsOrder() {
        socket.full = true;
        writer.ping(true, 1);
        writer.flush();
        socket.full = false;
        writer.ping(true, 2);
        writer.flush();
        writer.ping(true, 3);
        writer.flush();

        for (int count = 1; count <= 3; count++) {
            ByteBuf frame = socket.readOutbound();
            assertThat(frame.getLong(frame.readerIndex() + Frames.HEADER_BYTES)).isEqualTo(count);
            frame.release();
        }
    }

    @Test // T-W3
    void whatIsWrittenWhileTheSocketTakesTheRestIsNotLost() {
        writer.ping(true, 1);
        // As streams do that have waited for room: the flush finds it and asks them.
        socket.whenTaken = () -> writer.ping(true, 2);
        writer.flush();
        writer.flush();

        for (int count = 1; count <= 2; count++) {
            ByteBuf frame = socket.readOutbound();
            assertThat(frame).as("frame %d", count).isNotNull();
            assertThat(frame.getLong(frame.readerIndex() + Frames.HEADER_BYTES)).isEqualTo(count);
            frame.release();
        }
    }

    private void taken() {
        ByteBuf frame = socket.readOutbound();
        frame.release();
    }

    /** A socket that takes nothing while it is full. */
    private static final class Socket extends EmbeddedChannel {
        private boolean full;
        private Runnable whenTaken = () -> {};

        Socket() {
            pipeline().addLast("end", new ChannelInboundHandlerAdapter());
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer waiting) throws Exception {
            if (!full) {
                super.doWrite(waiting);
                Runnable now = whenTaken;
                whenTaken = () -> {};
                now.run();
            }
        }
    }
}
