package dev.porthole.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlMessageCodecTest {
    private static final List<ControlMessage> ONE_OF_EACH = List.of(
            new ControlMessage.Announce(List.of("tun_1", "tun_2")),
            new ControlMessage.Acknowledge(List.of("tun_1"), List.of("tun_2")),
            new ControlMessage.Withdraw(List.of("tun_1")),
            new ControlMessage.Drain("the server restarts, \u00e4nd \u2603"),
            new ControlMessage.Probe("tun_1", "n0nce"));

    @Test
    void messagesArriveWholeHoweverTheyAreCut() throws Exception {
        byte[] all = encoded(ONE_OF_EACH);
        for (int cut = 0; cut <= all.length; cut++) {
            ControlMessageCodec codec = new ControlMessageCodec();
            List<ControlMessage> messages = new ArrayList<>(codec.decode(slice(all, 0, cut)));
            messages.addAll(codec.decode(slice(all, cut, all.length)));

            assertThat(messages).as("cut at %d", cut).isEqualTo(ONE_OF_EACH);
        }
    }

    @Test
    void messagesArriveByteByByte() throws Exception {
        byte[] all = encoded(ONE_OF_EACH);
        ControlMessageCodec codec = new ControlMessageCodec();
        List<ControlMessage> messages = new ArrayList<>();
        for (int at = 0; at < all.length; at++) {
            messages.addAll(codec.decode(slice(all, at, at + 1)));
        }

        assertThat(messages).isEqualTo(ONE_OF_EACH);
    }

    @Test
    void messageOfANewerPeerIsUnknownAndItsFieldsAreIgnored() throws Exception {
        ControlMessageCodec codec = new ControlMessageCodec();

        assertThat(codec.decode(framed("{\"type\":\"dance\",\"steps\":3}")))
                .containsExactly(new ControlMessage.Unknown("dance"));
        assertThat(codec.decode(framed("{\"type\":\"drain\",\"reason\":\"bye\",\"after\":30}")))
                .containsExactly(new ControlMessage.Drain("bye"));
    }

    @Test
    void bufferStaysTheCallers() throws Exception {
        ByteBuf data = Unpooled.wrappedBuffer(ControlMessageCodec.encode(new ControlMessage.Drain("x")));
        List<ControlMessage> _ = new ControlMessageCodec().decode(data);

        assertThat(data.refCnt()).isEqualTo(1);
        assertThat(data.readableBytes()).isZero();
        data.release();
    }

    @Test
    void lengthBeyondTheLimitIsRefusedBeforeItsBytesCome() {
        ByteBuf length = Unpooled.buffer().writeInt(ControlMessageCodec.MAX_MESSAGE_BYTES + 1);
        assertThatThrownBy(() -> new ControlMessageCodec().decode(length))
                .isInstanceOf(ControlMessageException.class)
                .hasMessageContaining("1048577 (expected: 0-1048576)");
        length.release();

        ByteBuf negative = Unpooled.buffer().writeInt(-1);
        assertThatThrownBy(() -> new ControlMessageCodec().decode(negative))
                .isInstanceOf(ControlMessageException.class)
                .hasMessageContaining("4294967295");
        negative.release();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "{}",
                "{\"type\":\"announce\"}",
                "{\"type\":\"probe\",\"tunnel\":\"t\"}",
                "{\"type\":\"drain\",\"reason\":\"\\ud800\"}",
                "{\"type\":\"announce\",\"tunnels\":[\"\\udc00\"]}"
            })
    void whatIsNoControlMessageIsRefused(String json) {
        assertThatThrownBy(() -> new ControlMessageCodec().decode(framed(json)))
                .isInstanceOf(ControlMessageException.class);
    }

    private static byte[] encoded(List<ControlMessage> messages) {
        ByteBuf all = Unpooled.buffer();
        messages.forEach(message -> all.writeBytes(ControlMessageCodec.encode(message)));
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        all.release();
        return bytes;
    }

    private static ByteBuf slice(byte[] bytes, int from, int to) {
        return Unpooled.copiedBuffer(bytes, from, to - from);
    }

    private static ByteBuf framed(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Unpooled.buffer().writeInt(bytes.length).writeBytes(bytes);
    }
}
