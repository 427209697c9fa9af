package dev.porthole.core.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two ends of one connection, with nothing between them but the bytes. */
class MultiplexerTest {
    private final Ends ends = new Ends();

    @AfterEach
    void nothingLeaks() {
        ends.close();
    }

    @Test
    void requestAndAnswerArriveAsTheyWereSaid() {
        Recorder answer = new Recorder();
        Stream request = ends.open(answer, false);
        request.data(text("how are you"), true);
        ends.pump();

        Ends.Served served = ends.served.getFirst();
        assertThat(served.head().path()).hasToString("/");
        assertThat(served.recorder().body()).isEqualTo("how are you");
        assertThat(served.recorder().ended).isTrue();

        served.stream().headers(new DefaultHttp2Headers().status("200"), false);
        served.stream().data(text("fine"), false);
        served.stream().trailers(new DefaultHttp2Headers().add("x-sum", "4"));
        ends.pump();

        assertThat(answer.heads).hasSize(2);
        assertThat(answer.heads.getLast().get("x-sum")).hasToString("4");
        assertThat(answer.body()).isEqualTo("fine");
        assertThat(answer.complete).isTrue();
        assertThat(request.isClosed()).isTrue();
        assertThat(ends.client.activeStreams()).isZero();
        assertThat(ends.server.activeStreams()).isZero();
    }

    @Test
    void connectionThatIsClosedAlreadyEndsAtOnceAndHoldsNoMemory() {
        UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(memory);
        channel.close();
        AtomicInteger ended = new AtomicInteger();
        Multiplexer late = new Multiplexer(Multiplexer.Role.CLIENT, Ends.LIMITS, new ConnectionListener() {
            @Override
            public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
                throw new AssertionError("a server opened a stream");
            }

            @Override
            public void onConnectionEnded() {
                ended.incrementAndGet();
            }
        });
        channel.pipeline().addLast(late);
        late.ping(1);

        assertThat(ended).hasValue(1);
        assertThat(late.isOver()).isTrue();
        assertThat(late.canOpen()).isFalse();
        assertThat(memory.metric().usedDirectMemory()).isZero();
    }

    // T-W4
    @Test
    void bodyLargerThanEveryWindowArrivesAsTheReaderTakesIt() {
        Recorder answer = new Recorder();
        Stream request = ends.open(answer, true);
        ends.pump();
        Stream serving = ends.served.getFirst().stream();
        serving.headers(new DefaultHttp2Headers().status("200"), false);
        int size = 3 * Ends.STREAM_WINDOW;
        serving.data(Unpooled.wrappedBuffer(pattern(size)), true);
        ends.pump();

        assertThat(answer.bytes).isEqualTo(Ends.STREAM_WINDOW);
        assertThat(serving.isWritable()).isFalse();
        while (!answer.ended) {
            request.consumed(answer.takeUnconsumed());
            ends.pump();
        }
        assertThat(answer.bytes).isEqualTo(size);
        assertThat(answer.bytesInOrder).isTrue();
    }

    // T-W4
    @Test
    void manySmallAnswersNeverExhaustTheConnectionsWindow() {
        for (int count = 0; count < 1000; count++) {
            Recorder answer = new Recorder();
            ends.open(answer, true);
            ends.pump();
            Ends.Served served = ends.served.getLast();
            served.stream().headers(new DefaultHttp2Headers().status("200"), false);
            served.stream().data(Unpooled.wrappedBuffer(pattern(1024)), false);
            served.stream().data(Unpooled.EMPTY_BUFFER, true);
            ends.pump();
            assertThat(answer.bytes).as("answer %d", count).isEqualTo(1024);
            assertThat(answer.complete).isTrue();
        }
    }

    // T-W4
    @Test
    void oneReaderWhoStopsHoldsUpNobodyElse() {
        Recorder stuck = new Recorder();
        ends.open(stuck, true);
        ends.pump();
        Stream first = ends.served.getFirst().stream();
        first.headers(new DefaultHttp2Headers().status("200"), false);
        first.data(Unpooled.wrappedBuffer(pattern(4 * Ends.STREAM_WINDOW)), true);
        ends.pump();

        Recorder quick = new Recorder();
        ends.open(quick, true);
        ends.pump();
        Stream second = ends.served.getLast().stream();
        second.headers(new DefaultHttp2Headers().status("200"), false);
        second.data(text("at once"), true);
        ends.pump();

        assertThat(stuck.ended).isFalse();
        assertThat(quick.body()).isEqualTo("at once");
    }

    // T-W4
    @Test
    void whoeverWaitedIsToldWhenTheWindowOpens() {
        Recorder answer = new Recorder();
        Stream request = ends.open(answer, true);
        ends.pump();
        Ends.Served served = ends.served.getFirst();
        served.stream().headers(new DefaultHttp2Headers().status("200"), false);
        served.stream().data(Unpooled.wrappedBuffer(pattern(Ends.STREAM_WINDOW)), false);
        ends.pump();
        assertThat(served.stream().isWritable()).isFalse();
        assertThat(served.recorder().writable).isZero();

        request.consumed(answer.takeUnconsumed());
        ends.pump();

        assertThat(served.recorder().writable).isOne();
        assertThat(served.stream().isWritable()).isTrue();
    }

    // T-W5
    @Test
    void resetInTheMiddleOfAnAnswerIsNoEnd() {
        Recorder answer = new Recorder();
        ends.open(answer, true);
        ends.pump();
        Stream serving = ends.served.getFirst().stream();
        serving.headers(new DefaultHttp2Headers().status("200"), false);
        serving.data(text("hal"), false);
        serving.reset(Http2Error.INTERNAL_ERROR);
        ends.pump();

        assertThat(answer.body()).isEqualTo("hal");
        assertThat(answer.ended).isFalse();
        assertThat(answer.closed).isTrue();
        assertThat(answer.complete).isFalse();
        assertThat(answer.errorCode).isEqualTo(Http2Error.INTERNAL_ERROR.code());
    }

    // T-W5
    @Test
    void lostConnectionEndsEveryStreamOnce() {
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        ends.open(first, true);
        ends.open(second, false);
        ends.pump();

        ends.disconnect();

        assertThat(first.closes).isOne();
        assertThat(second.closes).isOne();
        assertThat(first.complete).isFalse();
        assertThat(ends.served)
                .allSatisfy(served -> assertThat(served.recorder().closes).isOne());
    }

    @Test
    void headerBlockLargerThanAFrameIsContinued() {
        Recorder answer = new Recorder();
        Http2Headers head = Ends.head();
        for (int count = 0; count < 200; count++) {
            head.add("x-field-" + count, "value number " + count + " " + "~".repeat(150));
        }
        ends.open(head, answer, true);
        ends.pump();

        assertThat(ends.served.getFirst().head()).isEqualTo(head);
    }

    @Test
    void bytesInAnyPiecesMeanTheSame() {
        ends.pieces = 1;
        Recorder answer = new Recorder();
        Stream request = ends.open(answer, false);
        request.data(text("one byte after the other"), true);
        ends.pump();
        Ends.Served served = ends.served.getFirst();
        assertThat(served.recorder().body()).isEqualTo("one byte after the other");
        served.stream().headers(new DefaultHttp2Headers().status("204"), true);
        ends.pump();
        assertThat(answer.complete).isTrue();
    }

    @Test
    void connectionIsWornBeforeItsStreamNumbersRunOut() {
        ends.client.nextStreamId(Streams.WORN_AT);
        assertThat(ends.client.isWorn()).isFalse();
        ends.open(new Recorder(), true);
        ends.pump();

        assertThat(ends.client.isWorn()).isTrue();
        assertThat(ends.client.canOpen()).isTrue();
        assertThat(ends.served.getLast().stream().id()).isEqualTo(Streams.WORN_AT);

        ends.client.nextStreamId(Integer.MAX_VALUE);
        ends.open(new Recorder(), true);
        ends.pump();

        assertThat(ends.served.getLast().stream().id()).isEqualTo(Integer.MAX_VALUE);
        assertThat(ends.client.canOpen()).isFalse();
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int at = 0; at < size; at++) {
            bytes[at] = Recorder.patternAt(at);
        }
        return bytes;
    }
}
