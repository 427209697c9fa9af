package dev.porthole.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Bytes on the control stream: messages or one clean refusal, the same however they are cut. */
@Tag("fuzz")
class ControlMessageCodecFuzzTest {
    // T-W10
    @FuzzTest
    void bytesAreMessagesOrARefusal(byte[] bytes) {
        List<ControlMessage> whole = decode(bytes, Math.max(1, bytes.length));
        List<ControlMessage> cut = decode(bytes, 1);
        assertThat(cut).isEqualTo(whole);
        for (ControlMessage message : whole) {
            byte[] again = ControlMessageCodec.encode(message);
            assertThat(decode(again, again.length)).containsExactly(message);
        }
    }

    /** The messages up to the refusal, if there is one. */
    private static List<ControlMessage> decode(byte[] bytes, int piece) {
        ControlMessageCodec codec = new ControlMessageCodec();
        List<ControlMessage> messages = new ArrayList<>();
        try {
            for (int at = 0; at < bytes.length; at += piece) {
                messages.addAll(codec.decode(
                        Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, at, Math.min(at + piece, bytes.length)))));
            }
        } catch (ControlMessageException refused) {
            // What came before it in the same piece is dropped with the session.
            return List.of();
        }
        return messages;
    }
}
