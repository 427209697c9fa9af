package dev.porthole.core.wire.http2;

import dev.porthole.core.wire.UnindexedFields;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;

/**
 * Header compression's sending half (RFC 7541) for one connection.
 *
 * <p>What is different in most requests or answers, such as a path or a length, is said as it is and not remembered: in
 * the table it would only push out what comes again, and a visitor of the same session could guess at it (section 7.1).
 * Secrets are marked as never to be indexed at the hops behind either. No Huffman code: it would save a quarter of such
 * a field, and cost both ends more than all the rest. Event loop only.
 */
final class HpackEncoder {
    // First byte of a representation (sections 6.1 to 6.3), and how many of its bits are the number's.
    private static final int INDEXED = 0x80;
    private static final int INDEXED_BITS = 7;
    private static final int REMEMBERED = 0x40;
    private static final int REMEMBERED_BITS = 6;
    private static final int TABLE_SIZE = 0x20;
    private static final int TABLE_SIZE_BITS = 5;
    private static final int NEVER_INDEXED = 0x10;
    private static final int NOT_REMEMBERED = 0x00;
    private static final int LITERAL_BITS = 4;

    /** Names of the static table whose values seldom come twice. */
    private static final long CHANGING = bits(
            HpackStaticTable.PATH,
            HpackStaticTable.AGE,
            HpackStaticTable.CONTENT_LENGTH,
            HpackStaticTable.CONTENT_RANGE,
            HpackStaticTable.ETAG,
            HpackStaticTable.IF_MATCH,
            HpackStaticTable.IF_MODIFIED_SINCE,
            HpackStaticTable.IF_NONE_MATCH,
            HpackStaticTable.IF_RANGE,
            HpackStaticTable.LAST_MODIFIED,
            HpackStaticTable.LOCATION,
            HpackStaticTable.RANGE,
            HpackStaticTable.REFERER);

    private final HpackSentFields sent = new HpackSentFields();
    private long maxListBytes = Long.MAX_VALUE;
    private boolean tableChanged;
    private int smallestTable = HpackSentFields.DEFAULT_BYTES;

    /** What the peer keeps of the table, in bytes; more than the usual 4,096 are not used. */
    void maxTableBytes(long bytes) {
        int most = (int) Math.min(bytes, HpackSentFields.DEFAULT_BYTES);
        if (most != sent.maxBytes()) {
            tableChanged = true;
            smallestTable = Math.min(smallestTable, most);
            sent.maxBytes(most);
        }
    }

    /** The longest list that the peer takes (RFC 9113, section 6.5.2). */
    void maxListBytes(long bytes) {
        maxListBytes = bytes;
    }

    /**
     * Writes the block of a list.
     *
     * @throws Http2Exception if the list is longer than the peer takes; nothing has changed then
     */
    void encode(int streamId, Http2Headers headers, ByteBuf out) throws Http2Exception {
        long listBytes = 0;
        for (Map.Entry<CharSequence, CharSequence> field : headers) {
            listBytes += field.getKey().length() + field.getValue().length() + HpackSentFields.OVERHEAD_BYTES;
        }
        if (listBytes > maxListBytes) {
            throw Http2Exception.headerListSizeError(
                    streamId,
                    Http2Error.PROTOCOL_ERROR,
                    false,
                    "fields of %d bytes (expected: up to %d)",
                    listBytes,
                    maxListBytes);
        }
        // What a field counts beside its bytes is more than three numbers in front of them take.
        int most = Math.toIntExact(listBytes + 2 * HpackBlock.NUMBER_BYTES);
        // Before the table changes: without memory nothing has changed.
        out.ensureWritable(most);
        HpackBlock block = HpackBlock.begin(most);
        if (tableChanged) {
            tableSizes(block);
        }
        for (Map.Entry<CharSequence, CharSequence> field : headers) {
            field(block, AsciiString.of(field.getKey()), AsciiString.of(field.getValue()));
        }
        block.writeTo(out);
    }

    /** The smallest size in between is said too, by which the peer evicts what this end did (section 4.2). */
    private void tableSizes(HpackBlock block) {
        if (smallestTable < sent.maxBytes()) {
            block.number(TABLE_SIZE, TABLE_SIZE_BITS, smallestTable);
        }
        block.number(TABLE_SIZE, TABLE_SIZE_BITS, sent.maxBytes());
        tableChanged = false;
        smallestTable = sent.maxBytes();
    }

    private void field(HpackBlock block, AsciiString name, AsciiString value) {
        int named = HpackStaticTable.indexOf(name);
        if (UnindexedFields.contains(name)) {
            literal(block, NEVER_INDEXED, LITERAL_BITS, named, name, value);
            return;
        }
        int known = named == 0 ? 0 : HpackStaticTable.indexOf(named, value);
        if (known != 0) {
            block.number(INDEXED, INDEXED_BITS, known);
            return;
        }
        boolean tooLarge = name.length() + value.length() > sent.maxBytes() / 2;
        if (tooLarge || (CHANGING >>> named & 1) != 0) {
            literal(block, NOT_REMEMBERED, LITERAL_BITS, named, name, value);
            return;
        }
        int hash = HpackSentFields.hash(name, value);
        int index = sent.indexOf(hash, name, value);
        if (index != 0) {
            block.number(INDEXED, INDEXED_BITS, HpackStaticTable.SIZE + index);
            return;
        }
        literal(block, REMEMBERED, REMEMBERED_BITS, named, name, value);
        sent.add(hash, name, value);
    }

    /** {@code named}: a field of the static table that has the name; 0 if none does. */
    private void literal(HpackBlock block, int kind, int bits, int named, AsciiString name, AsciiString value) {
        int like = named == 0 ? sent.indexOf(name) : 0;
        if (named != 0) {
            block.number(kind, bits, named);
        } else if (like != 0) {
            block.number(kind, bits, HpackStaticTable.SIZE + like);
        } else {
            block.number(kind, bits, 0);
            block.string(name);
        }
        block.string(value);
    }

    private static long bits(int... numbers) {
        long bits = 0;
        for (int number : numbers) {
            bits |= 1L << number;
        }
        return bits;
    }
}
