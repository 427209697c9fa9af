package dev.porthole.core.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody gets more of a connection by opening more streams. */
class TurnsTest {
    private final Ends ends = new Ends();
    private final List<String> finished = new ArrayList<>();

    @AfterEach
    void nothingLeaks() {
        ends.close();
    }

    // T-R5
    @Test
    void turnsGoRoundTheGroupsAndThenRoundTheirStreams() {
        Turns turns = new Turns();
        List<Stream> flooded = List.of(streamOf("a"), streamOf("a"), streamOf("a"));
        flooded.forEach(turns::add);
        Stream neighbour = streamOf("b");
        turns.add(neighbour);
        assertThat(turns.inOrder()).containsExactly(flooded.get(0), neighbour, flooded.get(1), flooded.get(2));

        List<Stream> order = new ArrayList<>();
        for (int turn = 0; turn < 8; turn++) {
            Stream next = turns.next();
            order.add(next);
            turns.add(next);
        }
        assertThat(order)
                .containsExactly(
                        flooded.get(0),
                        neighbour,
                        flooded.get(1),
                        neighbour,
                        flooded.get(2),
                        neighbour,
                        flooded.get(0),
                        neighbour);

        turns.remove(neighbour);
        turns.remove(flooded.get(1));
        assertThat(turns.inOrder()).hasSize(2).doesNotContain(neighbour, flooded.get(1));
    }

    // T-R5
    @Test
    void streamOfAnotherTunnelIsSentNextHoweverManyWaitOfAFloodedOne() {
        // All of it is more than the connection's window: the client's end opens it again and again.
        for (int count = 0; count < 50; count++) {
            answerOf("flooded", Ends.STREAM_WINDOW);
        }
        answerOf("neighbour", 1000);
        ends.pump();
        assertThat(finished).hasSize(51);
        assertThat(finished.indexOf("neighbour")).isLessThan(10);
    }

    private void answerOf(String group, int bytes) {
        ends.open(
                new StreamReceiver() {
                    @Override
                    public void onHeaders(Http2Headers headers, boolean endOfStream) {}

                    @Override
                    public void onData(ByteBuf data, boolean endOfStream) {
                        if (endOfStream) {
                            finished.add(group);
                        }
                    }

                    @Override
                    public void onWritable() {}

                    @Override
                    public void onClosed(boolean complete, long errorCode) {}
                },
                true);
        ends.pump();
        Stream serving = ends.served.getLast().stream();
        serving.takesTurnsWith(group);
        serving.headers(new DefaultHttp2Headers().status("200"), false);
        serving.data(Unpooled.wrappedBuffer(new byte[bytes]), true);
    }

    private Stream streamOf(String group) {
        Stream stream = ends.open(new Recorder(), true);
        stream.takesTurnsWith(group);
        return stream;
    }
}
