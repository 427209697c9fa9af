package dev.porthole.core.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What the encoder says, Netty's decoder understands: another's reading of RFC 7541. */
class HpackEncoderTest {
    private final HpackEncoder encoder = new HpackEncoder();
    private final DefaultHttp2HeadersDecoder peer = new DefaultHttp2HeadersDecoder(false, false, 1 << 24);

    @Test // T-W9
    void requestsAreThoseOfTheStandardsExample() throws Http2Exception {
        // RFC 7541, appendix C.3.
        Http2Headers first = list(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "www.example.com");
        assertThat(hex(first)).isEqualTo("828684410f7777772e6578616d706c652e636f6d");

        Http2Headers second = list(
                ":method",
                "GET",
                ":scheme",
                "http",
                ":path",
                "/",
                ":authority",
                "www.example.com",
                "cache-control",
                "no-cache");
        assertThat(hex(second)).isEqualTo("828684be58086e6f2d6361636865");

        Http2Headers third = list(
                ":method",
                "GET",
                ":scheme",
                "https",
                ":path",
                "/index.html",
                ":authority",
                "www.example.com",
                "custom-key",
                "custom-value");
        assertThat(hex(third)).isEqualTo("828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565");
    }

    @Test
    void whatChangesAndWhatIsSecretIsNotRemembered() throws Http2Exception {
        Http2Headers fields = list(
                ":path",
                "/a?token=1",
                "content-length",
                "17",
                "etag",
                "\"x\"",
                "authorization",
                "Bearer x",
                "cookie",
                "session=1",
                "porthole-request-id",
                "req_1");

        assertThat(bytes(fields)).isEqualTo(bytes(fields));
    }

    @Test
    void secretsMayNotBeRememberedByAnybody() throws Http2Exception {
        // Section 6.2.3: the first four bits are 0001; 23 is the static table's authorization, 15 + 8.
        assertThat(hex(list("authorization", "x"))).isEqualTo("1f080178");
    }

    @Test
    void aNameThatWasSaidIsNotSaidAgain() throws Http2Exception {
        bytes(list("x-team", "red"));

        assertThat(hex(list("x-team", "blue"))).isEqualTo("7e04626c7565");
    }

    @Test
    void fieldsOfOneHashAreToldApart() throws Http2Exception {
        // Netty's hash does not see the case, nor the order of these parts.
        for (int round = 0; round < 3; round++) {
            for (String value : List.of("abc", "ABC", "Abc", "aBC")) {
                agrees(list("x-team", value, "x-other", value));
            }
        }
    }

    @Test
    void theTableIsEvictedAsThePeersIs() throws Http2Exception {
        for (int number = 0; number < 2000; number++) {
            agrees(list(
                    "x-same", "always", "x-number", "value " + number, "x-" + number % 150, "y".repeat(number % 90)));
        }
    }

    @Test
    void manySmallFieldsStayKnown() throws Http2Exception {
        List<String> pairs = new ArrayList<>();
        for (int number = 0; number < 90; number++) {
            pairs.addAll(List.of("x-" + number, "v" + number));
        }
        Http2Headers fields = list(pairs.toArray(String[]::new));
        agrees(fields);

        assertThat(agrees(fields)).as("next to all by their number").isLessThan(150);
    }

    @Test
    void aSmallerTableIsSaidWithTheNextBlock() throws Http2Exception {
        agrees(list("x-a", "1", "x-b", "2"));
        encoder.maxTableBytes(0);
        encoder.maxTableBytes(100);
        peer.configuration().maxHeaderTableSize(100);

        // Section 4.2: the smallest size in between, then the last one.
        assertThat(hex(list("x-a", "1"))).isEqualTo("203f4540" + "03782d61" + "0131");
    }

    @Test
    void aTableOfAnySizeIsKeptInStep() throws Http2Exception {
        for (int size : new int[] {4096, 70, 0, 33, 1 << 20, 40, 4096}) {
            encoder.maxTableBytes(size);
            peer.configuration().maxHeaderTableSize(Math.min(size, 4096));
            for (int number = 0; number < 50; number++) {
                agrees(list("x-number", "" + number, "x-same", "a", "x-even", "" + number % 2));
            }
        }
    }

    @Test // T-W8
    void aListThatThePeerDoesNotTakeChangesNothing() throws Http2Exception {
        encoder.maxListBytes(100);
        Http2Headers large = list("x-large", "y".repeat(62));
        ByteBuf out = Unpooled.buffer();

        assertThatThrownBy(() -> encoder.encode(1, large, out))
                .isInstanceOf(Http2Exception.class)
                .hasMessage("fields of 101 bytes (expected: up to 100)");

        assertThat(out.isReadable()).isFalse();
        agrees(list("x-large", "y".repeat(61)));
    }

    @Test
    void longFieldsArriveWhole() throws Http2Exception {
        for (int length : new int[] {126, 127, 128, 254, 255, 2047, 2048, 2049, 5000, 60_000}) {
            agrees(list("x-" + "n".repeat(length), "v".repeat(length), "x-long", "w".repeat(length)));
        }
    }

    /** Connections of many lists of few names, so that fields come again, change and are pushed out. */
    @Property(tries = 300)
    void whateverIsSentIsUnderstood(@ForAll("lists") List<List<Map.Entry<String, String>>> lists, @ForAll int seed)
            throws Http2Exception {
        int size = Math.floorMod(seed, 6) == 0 ? Math.floorMod(seed, 500) : 4096;
        encoder.maxTableBytes(size);
        peer.configuration().maxHeaderTableSize(size);
        for (List<Map.Entry<String, String>> fields : lists) {
            Http2Headers headers = new DefaultHttp2Headers(false);
            fields.forEach(field -> headers.add(AsciiString.of(field.getKey()), AsciiString.of(field.getValue())));
            agrees(headers);
        }
    }

    @Provide
    Arbitrary<List<List<Map.Entry<String, String>>>> lists() {
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.of(
                        "content-type", "server", "vary", "etag", "cookie", "x-a", "x-b", "date", "accept-encoding"),
                Arbitraries.strings().withCharRange('a', 'e').ofMinLength(1).ofMaxLength(3));
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of("", "text/html", "gzip, deflate", "a", "A", "no-cache"),
                Arbitraries.strings().withCharRange(' ', 'ÿ').ofMaxLength(300));
        return Combinators.combine(names, values)
                .as(Map::entry)
                .list()
                .ofMaxSize(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    /** Returns how many bytes it took. */
    private int agrees(Http2Headers fields) throws Http2Exception {
        byte[] block = bytes(fields);

        Http2Headers understood = peer.decodeHeaders(1, Unpooled.wrappedBuffer(block));

        assertThat(pairs(understood)).isEqualTo(pairs(fields));
        return block.length;
    }

    private byte[] bytes(Http2Headers fields) throws Http2Exception {
        ByteBuf out = Unpooled.buffer();
        encoder.encode(1, fields, out);
        return ByteBufUtil.getBytes(out);
    }

    private String hex(Http2Headers fields) throws Http2Exception {
        return ByteBufUtil.hexDump(bytes(fields));
    }

    private static List<String> pairs(Http2Headers fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach(field -> pairs.add(field.getKey() + ": " + field.getValue()));
        return pairs;
    }

    private static Http2Headers list(String... pairs) {
        Http2Headers fields = new DefaultHttp2Headers(false);
        for (int at = 0; at < pairs.length; at += 2) {
            fields.add(pairs[at], pairs[at + 1]);
        }
        return fields;
    }
}
