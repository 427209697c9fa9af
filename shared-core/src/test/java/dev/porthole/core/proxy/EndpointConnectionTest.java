package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an exchange hears of its connection's end, and in which order. */
class EndpointConnectionTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final EndpointConnection connection = new EndpointConnection(channel);
    private final Heard heard = new Heard();

    @BeforeEach
    void ask() {
        connection.attach(heard);
        connection.writeHead(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
        connection.flush();
        says("HTTP/1.1 403 Forbidden\r\n\r\nno");
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    // T-W5: the app did not want the rest of the request, and its end is the answer's
    @Test
    void whatCouldNotBeWrittenIsNoDefectOfAnAnswerThatTheEndCompletes() {
        channel.pipeline().fireExceptionCaught(new ClosedChannelException());
        channel.close();
        channel.runPendingTasks();

        assertThat(heard.words).containsExactly("403", "no", "the end");
    }

    // T-W5
    @Test
    void aConnectionThatFailsLeavesTheAnswerBroken() {
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        channel.runPendingTasks();

        assertThat(heard.words).containsExactly("403", "no", "broken");
    }

    private void says(String answer) {
        channel.writeInbound(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII));
    }

    private final class Heard implements EndpointExchange {
        private final List<String> words = new ArrayList<>();

        @Override
        public void onHead(HttpResponse head) {
            words.add(String.valueOf(head.status().code()));
        }

        @Override
        public void onContent(HttpContent content) {
            String text = content.content().toString(StandardCharsets.US_ASCII);
            if (!text.isEmpty()) {
                words.add(text);
            }
            if (content instanceof LastHttpContent) {
                words.add("the end");
                connection.detach();
            }
            content.release();
        }

        @Override
        public void onReadComplete() {}

        @Override
        public void onLate() {
            words.add("late");
        }

        @Override
        public void onBroken(@Nullable Throwable cause) {
            words.add("broken");
        }
    }
}
