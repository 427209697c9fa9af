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
        int flooded = 50;
        for (int count = 0; count < flooded; count++) {
            ask("flooded");
        }
        ask("neighbour");
        ends.pump();
        for (int index = 0; index <= flooded; index++) {
            Ends.Served served = ends.served.get(index);
            boolean last = index == flooded;
            served.stream().takesTurnsWith(last ? "neighbour" : "flooded");
            served.stream().headers(new DefaultHttp2Headers().status("200"), false);
            served.stream().data(Unpooled.wrappedBuffer(new byte[last ? 1000 : Ends.STREAM_WINDOW]), true);
        }
        ends.pump();
        assertThat(finished).hasSize(51);
        assertThat(finished.indexOf("neighbour")).isLessThan(10);
    }

    private void ask(String group) {
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
    }

    private Stream streamOf(String group) {
        Stream stream = ends.open(new Recorder(), true);
        stream.takesTurnsWith(group);
        return stream;
    }
}
