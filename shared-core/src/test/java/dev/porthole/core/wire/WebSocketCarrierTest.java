package dev.porthole.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bytes in frames (RFC 6455), seen as bytes. T-W10 */
class WebSocketCarrierTest {
    private final EmbeddedChannel agent = new EmbeddedChannel();
    private final EmbeddedChannel edge = new EmbeddedChannel();

    WebSocketCarrierTest() {
        WebSocketCarrier.addTo(agent.pipeline(), true);
        WebSocketCarrier.addTo(edge.pipeline(), false);
    }

    @AfterEach
    void nothingLeaks() {
        agent.finishAndReleaseAll();
        edge.finishAndReleaseAll();
    }

    // T-W10
    @Test
    void theKeyIsAnsweredAsTheStandardsExampleIs() {
        assertThat(WebSocketCarrier.accept("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(WebSocketCarrier.isKey(WebSocketCarrier.newKey())).isTrue();
        assertThat(WebSocketCarrier.isKey("c2hvcnQ=")).isFalse();
        assertThat(WebSocketCarrier.isKey("no base64")).isFalse();
    }

    // T-W10
    @Test
    void bytesComeOutAsTheyWentInAndOnlyTheAgentsAreMasked() {
        agent.writeOutbound(text("PRI * HTTP/2.0"));
        byte[] masked = wire(agent);
        assertThat(masked[0]).isEqualTo((byte) 0x82);
        assertThat(masked[1] & 0x80).isEqualTo(0x80);
        edge.writeInbound(Unpooled.wrappedBuffer(masked));
        assertThat(read(edge)).isEqualTo("PRI * HTTP/2.0");

        edge.writeOutbound(text("answer"));
        byte[] plain = wire(edge);
        assertThat(HexFormat.of().formatHex(plain)).isEqualTo("8206616e73776572");
        agent.writeInbound(Unpooled.wrappedBuffer(plain));
        assertThat(read(agent)).isEqualTo("answer");
    }

    // T-W10
    @Test
    void fragmentsOneByteAtATimeAreTheSameBytes() {
        byte[] frames = HexFormat.of().parseHex("0203616263" + "0000" + "8900" + "8003646566");
        for (byte one : frames) {
            agent.writeInbound(Unpooled.wrappedBuffer(new byte[] {one}));
        }
        assertThat(read(agent)).isEqualTo("abcdef");
        // The ping in between was answered, with a masked empty pong.
        assertThat(wire(agent)).startsWith(0x8a, 0x80);
    }

    // T-W10
    @Test
    void aCloseIsAnsweredAndEndsTheConnection() {
        agent.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex("880203e8")));
        assertThat(wire(agent)).startsWith(0x88, 0x82);
        assertThat(agent.isOpen()).isFalse();
    }

    // T-W10
    @Test
    void whoClosesSaysSo() {
        edge.close();
        assertThat(HexFormat.of().formatHex(wire(edge))).isEqualTo("880503e8427965");
        assertThat(edge.isOpen()).isFalse();
    }

    // T-W10
    @Test
    void textIsNoSession() {
        agent.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex("810161")));
        assertThat(agent.inboundMessages()).isEmpty();
        // 1003, masked: its length tells.
        assertThat(wire(agent)).startsWith(0x88);
        assertThat(agent.isOpen()).isFalse();
    }

    // T-W10
    @Test
    void unmaskedFramesOfAnAgentAreRefused() {
        assertThatThrownBy(() ->
                        edge.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex("820161"))))
                .isInstanceOf(CorruptedWebSocketFrameException.class);
        assertThat(edge.isOpen()).isFalse();
    }

    // T-W10
    @Test
    void framesBeyondTheLimitAreRefusedBeforeTheyAreRead() {
        String length = HexFormat.of().toHexDigits((long) WebSocketCarrier.MAX_FRAME_BYTES + 1);
        assertThatThrownBy(() ->
                        agent.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex("827f" + length))))
                .isInstanceOf(CorruptedWebSocketFrameException.class);
        assertThat(agent.isOpen()).isFalse();
    }

    // T-W10
    @Test
    void theLargestFrameIsTaken() {
        byte[] most = new byte[WebSocketCarrier.MAX_FRAME_BYTES];
        Arrays.fill(most, (byte) 'm');
        edge.writeOutbound(Unpooled.wrappedBuffer(most));
        agent.writeInbound(Unpooled.wrappedBuffer(wire(edge)));
        assertThat(read(agent)).hasSize(most.length);
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static byte[] wire(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            all.writeBytes(piece);
            piece.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    private static String read(EmbeddedChannel channel) {
        StringBuilder all = new StringBuilder();
        for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
            all.append(piece.toString(StandardCharsets.US_ASCII));
            piece.release();
        }
        return all.toString();
    }
}
