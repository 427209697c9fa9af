package dev.porthole.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSentEventParserTest {
    private final List<ServerSentEvent> events = new ArrayList<>();
    private final ServerSentEventParser parser = new ServerSentEventParser("", events::add);

    @Test
    void eventHasTypeDataAndId() throws Exception {
        feed("id: 7\nevent: tunnel.updated\ndata: {\"a\":1}\n\n");

        assertThat(events).containsExactly(new ServerSentEvent("tunnel.updated", "{\"a\":1}", "7"));
    }

    @Test
    void everyCutAndEveryLineEndGivesTheSame() throws Exception {
        for (String end : List.of("\n", "\r", "\r\n")) {
            byte[] stream = ("\uFEFF: hello" + end + "data: sn\u00f6w \u2603" + end + "data:two" + end + "id: 1" + end
                            + end + "event: x" + end + "data" + end + end)
                    .getBytes(StandardCharsets.UTF_8);
            for (int cut = 0; cut <= stream.length; cut++) {
                List<ServerSentEvent> heard = new ArrayList<>();
                ServerSentEventParser cutParser = new ServerSentEventParser("", heard::add);
                cutParser.accept(ByteBuffer.wrap(stream, 0, cut));
                cutParser.accept(ByteBuffer.wrap(stream, cut, stream.length - cut));

                assertThat(heard)
                        .containsExactly(
                                new ServerSentEvent("message", "sn\u00f6w \u2603\ntwo", "1"),
                                // A single data field without a value is one empty line.
                                new ServerSentEvent("x", "", "1"));
            }
        }
    }

    @Test
    void eventWithoutDataIsNoneButItsIdCounts() throws Exception {
        feed("event: ping\nid: 3\n\n");

        assertThat(events).isEmpty();
        assertThat(parser.lastEventId()).isEqualTo("3");
    }

    @Test
    void unfinishedEventAtTheEndIsNone() throws Exception {
        feed("data: one\n\ndata: two\n");

        assertThat(events).hasSize(1);
    }

    @Test
    void onlyOneSpaceAfterTheColonIsDropped() throws Exception {
        feed("data:  two spaces\n\ndata:none\n\n");

        assertThat(events).extracting(ServerSentEvent::data).containsExactly(" two spaces", "none");
    }

    @Test
    void oddFieldsAreIgnored() throws Exception {
        feed("retry: soon\nretry: 250\nid: a\0b\nwhat: ever\n data: no\ndata: yes\n\n");

        assertThat(events).containsExactly(new ServerSentEvent("message", "yes", ""));
        assertThat(parser.retry()).contains(Duration.ofMillis(250));
    }

    @Test
    void eventThatNeverEndsIsRefused() {
        byte[] long1MiB = "x".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 5; i++) {
                        parser.accept(ByteBuffer.wrap(long1MiB));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than");
    }

    private void feed(String text) throws IOException {
        parser.accept(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
