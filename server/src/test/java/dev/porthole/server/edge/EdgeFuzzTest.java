package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** Whatever a visitor or an agent says: a request, an answer, or a refusal in words; never one thing and another. */
@Tag("fuzz")
class EdgeFuzzTest {
    private static final EdgeSettings.Limits LIMITS = new EdgeSettings.Limits(200, 400, 10);

    // T-W1: how a visitor's bytes are cut changes nothing of what is understood.
    @FuzzTest
    void visitorsBytesMeanTheSameInAnyPieces(byte[] bytes) {
        String whole = read(bytes, Math.max(1, bytes.length));
        assertThat(read(bytes, 1)).isEqualTo(whole);
        assertThat(read(bytes, 7)).isEqualTo(whole);
    }

    // T-W1, T-W3: what was understood, said again in plain HTTP/1.1, is understood the same way.
    @FuzzTest
    void acceptedRequestIsPlainHttp(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(LIMITS));
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
        Object first = channel.readInbound();
        if (first instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            String head = new String(bytes, StandardCharsets.ISO_8859_1).replaceFirst("^(\r\n)+", "");
            assertThat(head).startsWith(request.method() + " " + request.uri() + " HTTP/1.");
            long lines = request.headers().entries().size();
            assertThat(head.split("\r\n", -1)).hasSizeGreaterThan((int) lines);
            boolean length = request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
            boolean coded = request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
            assertThat(length && coded).as("two framings").isFalse();
            for (Map.Entry<String, String> field : request.headers()) {
                assertThat(head).containsIgnoringCase("\r\n" + field.getKey() + ":");
                assertThat(field.getValue()).doesNotContain("\r", "\n", "\0");
            }
        }
        ReferenceCountUtil.release(first);
        channel.finishAndReleaseAll();
    }

    // T-W7
    @FuzzTest
    void targetIsReadOrRefusedInWords(FuzzedDataProvider data) {
        HttpRequest request = new DefaultHttpRequest(
                data.consumeBoolean() ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0,
                data.consumeBoolean() ? HttpMethod.GET : HttpMethod.OPTIONS,
                latin(data, 60),
                io.netty.handler.codec.http.DefaultHttpHeadersFactory.headersFactory()
                        .withValidation(false));
        int hosts = data.consumeInt(0, 2);
        for (int count = 0; count < hosts; count++) {
            request.headers().add(HttpHeaderNames.HOST, latin(data, 40));
        }
        try {
            RequestTarget target = RequestTarget.of(request);
            assertThat(target.path()).matches(path -> path.startsWith("/") || path.equals("*"));
            assertThat(request.uri()).as("byte for byte").endsWith(target.path().equals("/") ? "" : tail(target));
            assertThat(target.host()).isEqualTo(target.host().toLowerCase(Locale.ROOT));
            assertThat(target.authority().toLowerCase(Locale.ROOT)).startsWith(target.host());
        } catch (UnacceptableRequest refused) {
            assertThat(refused.status()).isBetween(400, 505);
        }
    }

    /** An absolute target without a path gets one. */
    private static String tail(RequestTarget target) {
        return target.path().startsWith("/?") ? target.path().substring(1) : target.path();
    }

    // T-W10, T-W2: an agent's fields become lines, one each, or the answer is broken.
    @FuzzTest
    void agentsFieldsNeverBecomeMoreLines(FuzzedDataProvider data) {
        Http2Headers answer = new DefaultHttp2Headers(false).status(octets(data, 4));
        int count = data.consumeInt(0, 5);
        for (int field = 0; field < count; field++) {
            answer.add(octets(data, 20), octets(data, 40));
        }
        HttpResponse response;
        try {
            response = AnswerFields.head(AnswerFields.status(answer), answer);
            AnswerFields.trailers(new DefaultHttp2Headers(false).add(answer));
        } catch (AnswerFields.BrokenAnswer refused) {
            return;
        }
        EmbeddedChannel channel = new EmbeddedChannel(new HttpResponseEncoder());
        channel.writeOutbound(response);
        ByteBuf out = channel.readOutbound();
        String text = out.toString(StandardCharsets.ISO_8859_1);
        out.release();
        channel.finishAndReleaseAll();
        List<String> lines = List.of(text.split("\r\n", -1));
        assertThat(lines).as(text).hasSizeLessThanOrEqualTo(count + 3);
        assertThat(text).endsWith("\r\n\r\n");
        assertThat(text.chars().filter(octet -> octet == '\n').count()).isEqualTo(lines.size() - 1);
        assertThat(text.toLowerCase(Locale.ROOT))
                .doesNotContain("\r\ntransfer-encoding:", "\r\nconnection:", "\r\nporthole-");
    }

    private static AsciiString octets(FuzzedDataProvider data, int most) {
        return new AsciiString(data.consumeBytes(data.consumeInt(0, most)), false);
    }

    private static String latin(FuzzedDataProvider data, int most) {
        return new String(data.consumeBytes(data.consumeInt(0, most)), StandardCharsets.ISO_8859_1);
    }

    /** What the decoder made of it: heads, body bytes and ends, up to what it refused: then the connection closes. */
    private static String read(byte[] bytes, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(LIMITS));
        StringBuilder read = new StringBuilder();
        boolean refused = false;
        for (int at = 0; at < bytes.length && !refused; at += piece) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
            refused = take(channel, read);
        }
        channel.finishAndReleaseAll();
        return refused ? read + "[refused]" : read.toString();
    }

    /** Takes what there is, up to a refusal; true if there was one. */
    private static boolean take(EmbeddedChannel channel, StringBuilder read) {
        boolean refused = false;
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            refused |= ((HttpObject) message).decoderResult().isFailure();
            if (!refused) {
                append(message, read);
            }
            ReferenceCountUtil.release(message);
        }
        return refused;
    }

    private static void append(Object message, StringBuilder read) {
        if (message instanceof HttpRequest request) {
            read.append('[').append(request.method()).append(' ').append(request.uri());
            read.append(' ').append(request.headers().entries()).append(']');
        }
        if (message instanceof HttpContent content) {
            read.append(content.content().toString(StandardCharsets.ISO_8859_1));
        }
        if (message instanceof LastHttpContent last) {
            read.append("[end ").append(last.trailingHeaders().entries()).append(']');
        }
    }
}
