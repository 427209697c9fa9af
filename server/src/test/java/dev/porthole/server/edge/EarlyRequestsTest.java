package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

/** What a visitor sends before its turn is held as far as it is little, and then not read from the socket. */
class EarlyRequestsTest {
    private final EarlyRequests early = new EarlyRequests();

    // T-R5, T-W8
    @Test
    void thereIsRoomForSixtyFourParts() {
        for (int part = 0; part < 64; part++) {
            assertThat(early.hasRoom()).as("part %d", part).isTrue();
            early.add(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
        }
        assertThat(early.hasRoom()).isFalse();
        early.next();
        assertThat(early.hasRoom()).isTrue();
    }

    // T-R5, T-W8
    @Test
    void thereIsRoomForSixtyFourKibibytesOfBodies() {
        early.add(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[64 * 1024 - 1])));
        assertThat(early.hasRoom()).isTrue();
        early.add(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[1])));
        assertThat(early.hasRoom()).isFalse();
        early.next();
        assertThat(early.hasRoom()).isTrue();
    }
}
