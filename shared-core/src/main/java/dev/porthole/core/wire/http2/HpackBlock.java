package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * A header block while it is written: numbers and strings (RFC 7541, section 5), put together in an array that all
 * connections of a thread share, which is in the processor's cache then, and copied once.
 */
final class HpackBlock {
    /** What a number takes at most. */
    static final int NUMBER_BYTES = 6;

    private static final int USUAL_BYTES = 4096;
    private static final int STRING_BITS = 7;

    private static final FastThreadLocal<HpackBlock> SHARED = new FastThreadLocal<>() {
        @Override
        protected HpackBlock initialValue() {
            return new HpackBlock(USUAL_BYTES);
        }
    };

    private final byte[] octets;
    private int end;

    private HpackBlock(int most) {
        this.octets = new byte[most];
    }

    /** A block of so many bytes at most. It is over with the next one of the thread. */
    static HpackBlock begin(int most) {
        if (most > USUAL_BYTES) {
            return new HpackBlock(most);
        }
        HpackBlock shared = SHARED.get();
        shared.end = 0;
        return shared;
    }

    /** A number that begins in the last bits of a byte (section 5.1). */
    void number(int first, int bits, int number) {
        int full = (1 << bits) - 1;
        if (number < full) {
            octets[end++] = (byte) (first | number);
            return;
        }
        octets[end++] = (byte) (first | full);
        int rest = number - full;
        while (rest > 0x7f) {
            octets[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        octets[end++] = (byte) rest;
    }

    /** A string as it is (section 5.2). */
    void string(AsciiString text) {
        number(0, STRING_BITS, text.length());
        System.arraycopy(text.array(), text.arrayOffset(), octets, end, text.length());
        end += text.length();
    }

    void writeTo(ByteBuf out) {
        out.writeBytes(octets, 0, end);
    }
}
