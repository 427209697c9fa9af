package dev.porthole.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GatheredWritesTest {
    private static final int FLUSHES_HELD = 8;

    private final Flushes flushes = new Flushes();
    // Written to through its pipeline: the channel's own methods would end the turn after each call.
    private final EmbeddedChannel channel = new EmbeddedChannel(flushes, new GatheredWrites(FLUSHES_HELD));

    @Test
    void smallPiecesOfOneTurnAreOneBuffer() {
        ChannelFuture head = channel.pipeline().write(bytes("head,"));
        ChannelFuture body = channel.pipeline().write(bytes("body"));
        ChannelFuture end = channel.pipeline().write(Unpooled.EMPTY_BUFFER);
        channel.pipeline().flush();
        assertThat(flushes.seen).isZero();

        channel.runPendingTasks();

        assertThat(sent()).containsExactly("head,body");
        assertThat(flushes.seen).isEqualTo(1);
        assertThat(List.of(head, body, end)).allMatch(ChannelFuture::isSuccess);
    }

    @Test
    void onePieceAloneIsPassedAsItIs() {
        ByteBuf alone = bytes("alone");
        channel.pipeline().write(alone);
        channel.pipeline().flush();
        channel.runPendingTasks();

        ByteBuf passed = channel.readOutbound();
        assertThat(passed).isSameAs(alone);
        passed.release();
    }

    @Test
    void largePiecesPassUncopiedAndInOrder() {
        ByteBuf large = Unpooled.buffer().writeZero(64 * 1024);
        channel.pipeline().write(bytes("head"));
        channel.pipeline().write(large);
        channel.pipeline().write(bytes("end"));
        channel.pipeline().flush();
        channel.runPendingTasks();

        ByteBuf head = channel.readOutbound();
        ByteBuf body = channel.readOutbound();
        assertThat(head.toString(StandardCharsets.US_ASCII)).isEqualTo("head");
        assertThat(body).isSameAs(large);
        assertThat(sent()).containsExactly("end");
        head.release();
        body.release();
    }

    @Test
    void asManyFlushesAsAreHeldBecomeOneBeforeTheTurnsEnd() {
        for (int nth = 1; nth <= FLUSHES_HELD; nth++) {
            channel.pipeline().writeAndFlush(bytes("" + nth));
        }

        assertThat(flushes.seen).isEqualTo(1);
        assertThat(sent()).containsExactly("12345678");
        channel.runPendingTasks();
        assertThat(flushes.seen).isEqualTo(1);
    }

    @Test
    void whatNobodyFlushedIsNotFlushed() {
        channel.pipeline().write(bytes("waits"));
        channel.runPendingTasks();
        assertThat(flushes.seen).isZero();
        assertThat(sent()).isEmpty();

        channel.close();

        assertThat(flushes.seen).isZero();
    }

    @Test
    void whatIsDueLeavesBeforeTheChannelCloses() {
        ChannelFuture last = channel.pipeline().writeAndFlush(bytes("last words"));

        channel.close();

        assertThat(sent()).containsExactly("last words");
        assertThat(last.isSuccess()).isTrue();
    }

    @Test
    void whatIsHeldFailsWithAChannelThatIsGone() {
        ByteBuf held = bytes("too late");
        ChannelFuture write = channel.pipeline().write(held);

        // As a peer's reset does it: not through the handlers.
        channel.unsafe().close(channel.voidPromise());
        channel.runPendingTasks();

        assertThat(write.isDone()).isTrue();
        assertThat(write.isSuccess()).isFalse();
        assertThat(held.refCnt()).isZero();
    }

    @Test
    void whatIsHeldLeavesBeforeTheHandlerDoes() {
        channel.pipeline().write(bytes("101"));
        channel.pipeline().flush();

        channel.pipeline().remove(GatheredWrites.class);

        assertThat(sent()).containsExactly("101");
        assertThat(flushes.seen).isEqualTo(1);
        channel.runPendingTasks();
        assertThat(flushes.seen).isEqualTo(1);
    }

    @Test
    void whoeverAskedForNothingIsToldNothing() {
        channel.pipeline().write(bytes("head"), channel.voidPromise());
        ChannelFuture body = channel.pipeline().write(bytes("body"));
        channel.pipeline().write(bytes("end"), channel.voidPromise());
        channel.pipeline().flush();
        channel.runPendingTasks();

        assertThat(sent()).containsExactly("headbodyend");
        assertThat(body.isSuccess()).isTrue();
    }

    @Test
    void withoutMemoryToGatherInPiecesStayPieces() {
        channel.config().setAllocator(new NoMemory());
        ChannelFuture head = channel.pipeline().write(bytes("head"));
        ChannelFuture body = channel.pipeline().write(bytes("body"));
        ChannelFuture end = channel.pipeline().write(Unpooled.EMPTY_BUFFER);
        channel.pipeline().flush();
        channel.runPendingTasks();

        assertThat(sent()).containsExactly("head", "body");
        assertThat(List.of(head, body, end)).allMatch(ChannelFuture::isSuccess);
    }

    @Property(tries = 300)
    void everyByteArrivesInItsOrder(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 5_000) Integer> sizes, @ForAll long seed) {
        Random random = new Random(seed);
        EmbeddedChannel own = new EmbeddedChannel(new GatheredWrites(1 + random.nextInt(4)));
        ByteBuf expected = Unpooled.buffer();
        List<ChannelFuture> writes = new ArrayList<>();
        for (int size : sizes) {
            byte[] piece = new byte[size];
            random.nextBytes(piece);
            expected.writeBytes(piece);
            writes.add(own.pipeline().write(Unpooled.wrappedBuffer(piece)));
            if (random.nextInt(3) == 0) {
                own.pipeline().flush();
            }
            if (random.nextInt(5) == 0) {
                own.runPendingTasks();
            }
        }
        own.pipeline().flush();
        own.runPendingTasks();

        ByteBuf arrived = Unpooled.buffer();
        for (ByteBuf next = own.readOutbound(); next != null; next = own.readOutbound()) {
            arrived.writeBytes(next);
            next.release();
        }
        assertThat(Arrays.equals(ByteBufUtil.getBytes(arrived), ByteBufUtil.getBytes(expected)))
                .isTrue();
        assertThat(writes).allMatch(ChannelFuture::isSuccess);
    }

    private List<String> sent() {
        List<String> all = new ArrayList<>();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.add(next.toString(StandardCharsets.US_ASCII));
            next.release();
        }
        return all;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    /** As Netty's own at the limit of direct memory. */
    private static final class NoMemory extends AbstractByteBufAllocator {
        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            throw new OutOfMemoryError("no direct memory");
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }

    /** What reaches the socket's side. */
    private static final class Flushes extends ChannelOutboundHandlerAdapter {
        private int seen;

        @Override
        public void flush(ChannelHandlerContext context) {
            seen++;
            context.flush();
        }
    }
}
