package dev.porthole.core.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** A peer that says anything at all: streams or the connection end cleanly, and every buffer is given back. */
@Tag("fuzz")
class MultiplexerFuzzTest {
    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(8, 64 * 1024, 32 * 1024, 16 * 1024, 8 * 1024, true, new Misuse.Allowance(20, 20));

    /** Takes what comes and answers some of it. */
    private static final class Obliging implements ConnectionListener {
        private final List<Recorder> streams = new ArrayList<>();

        @Override
        public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
            Recorder recorder = new Recorder();
            streams.add(recorder);
            if (streams.size() % 2 == 0) {
                stream.headers(new DefaultHttp2Headers().status("200"), false);
                stream.data(io.netty.buffer.Unpooled.buffer(70_000).writeZero(70_000), true);
            }
            return recorder;
        }
    }

    // T-W8, T-W10
    @FuzzTest
    void agentSurvivesWhateverAnEdgeSays(byte[] bytes) {
        run(Multiplexer.Role.SERVER, bytes, 0);
    }

    // T-W8, T-W10
    @FuzzTest
    void edgeSurvivesWhateverAnAgentSays(byte[] bytes) {
        run(Multiplexer.Role.CLIENT, bytes, 0);
    }

    // T-W8, T-W10
    @FuzzTest
    void framesOfAnyKindInAnyOrderEndCleanly(FuzzedDataProvider data) {
        Multiplexer.Role role = data.consumeBoolean() ? Multiplexer.Role.SERVER : Multiplexer.Role.CLIENT;
        int piece = data.consumeInt(0, 20);
        ByteBuf frames = UnpooledByteBufAllocator.DEFAULT.heapBuffer();
        while (data.remainingBytes() > 0) {
            int type = data.consumeInt(0, 10);
            int flags = data.consumeByte();
            int stream = data.consumeInt(0, 12);
            byte[] payload = data.consumeBytes(data.consumeInt(0, 300));
            frames.writeMedium(payload.length)
                    .writeByte(type)
                    .writeByte(flags)
                    .writeInt(stream)
                    .writeBytes(payload);
        }
        byte[] all = new byte[frames.readableBytes()];
        frames.readBytes(all);
        frames.release();
        run(role, all, piece);
    }

    private static void run(Multiplexer.Role role, byte[] bytes, int piece) {
        UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
        Obliging obliging = new Obliging();
        Multiplexer multiplexer = new Multiplexer(role, LIMITS, obliging);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(buffers);
        channel.pipeline().addLast(multiplexer);
        List<Recorder> opened = new ArrayList<>(obliging.streams);
        // What every peer says first: without it, nothing that follows is looked at.
        if (role == Multiplexer.Role.SERVER) {
            channel.writeInbound(Http2CodecUtil.connectionPrefaceBuf());
        }
        channel.writeInbound(buffers.buffer().writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}));
        if (role == Multiplexer.Role.CLIENT) {
            for (int count = 0; count < 4; count++) {
                Recorder recorder = new Recorder();
                opened.add(recorder);
                Stream stream = multiplexer.open(Ends.head(), count % 2 == 0, recorder);
                if (stream != null && count % 2 == 1) {
                    stream.data(buffers.buffer().writeZero(40_000), true);
                }
            }
        }
        int step = piece == 0 ? Math.max(1, bytes.length) : piece;
        for (int at = 0; at < bytes.length && channel.isOpen(); at += step) {
            channel.writeInbound(buffers.buffer().writeBytes(bytes, at, Math.min(step, bytes.length - at)));
            channel.runPendingTasks();
        }
        assertThat(multiplexer.activeStreams()).isLessThanOrEqualTo(LIMITS.streams());
        channel.checkException();
        channel.finishAndReleaseAll();
        opened.addAll(obliging.streams);
        assertThat(opened).as("every stream hears of its end, once").allMatch(stream -> stream.closes == 1);
        assertThat(multiplexer.activeStreams()).isZero();
        assertThat(buffers.metric().usedHeapMemory())
                .as("bytes that nobody gave back")
                .isZero();
        assertThat(buffers.metric().usedDirectMemory())
                .as("bytes that nobody gave back")
                .isZero();
    }
}
