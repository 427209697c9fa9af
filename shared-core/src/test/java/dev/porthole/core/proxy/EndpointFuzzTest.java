package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.porthole.core.api.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/** Heads between HTTP/2 and HTTP/1.1 on the agent's side: nothing that an edge or an app says becomes two things. */
@Tag("fuzz")
class EndpointFuzzTest {
    private static final HostRewriting AS_IT_IS =
            new HostRewriting(new CarriedTunnel("tun_1", Endpoint.parse("localhost:3000")), "http", "app.localhost");

    // T-W1, T-W2: one field in, one line out; a line break in a value never makes a second one.
    @FuzzTest
    void edgesFieldsNeverBecomeMoreLines(FuzzedDataProvider data) {
        Http2Headers head = new DefaultHttp2Headers(false).path(octets(data, 60));
        int fields = data.consumeInt(0, 5);
        for (int count = 0; count < fields; count++) {
            head.add(octets(data, 20), octets(data, 40));
        }
        EmbeddedChannel channel = new EmbeddedChannel(new OctetRequestEncoder());
        try {
            HttpRequest request;
            try {
                request = EndpointFields.request(HttpMethod.GET, head, AS_IT_IS);
            } catch (IllegalArgumentException notSayable) {
                return;
            }
            channel.writeOutbound(request);
            ByteBuf out = channel.readOutbound();
            String text = out.toString(StandardCharsets.ISO_8859_1);
            out.release();
            String[] lines = text.split("\r\n", -1);
            // Request line, Host, the fields, the empty line and what follows it.
            assertThat(lines.length).as(text).isLessThanOrEqualTo(fields + 4);
            assertThat(text).endsWith("\r\n\r\n");
            assertThat(text.indexOf('\n')).isEqualTo(text.indexOf("\r\n") + 1);
            assertThat(text.chars().filter(octet -> octet == '\n').count()).isEqualTo(lines.length - 1);
            assertThat(lines[0].chars().filter(octet -> octet == ' ').count()).isEqualTo(2);
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    // T-W1, T-W10: how an app's bytes are cut changes nothing of what is understood.
    @FuzzTest
    void appsBytesMeanTheSameInAnyPieces(byte[] bytes) {
        String whole = read(bytes, Math.max(1, bytes.length));
        String cut = read(bytes, 1);
        assertThat(cut).isEqualTo(whole);
    }

    private static AsciiString octets(FuzzedDataProvider data, int most) {
        return new AsciiString(data.consumeBytes(data.consumeInt(0, most)), false);
    }

    /** What the decoder made of it: heads, body bytes, ends and failures. */
    private static String read(byte[] bytes, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new EndpointResponseDecoder());
        StringBuilder read = new StringBuilder();
        for (int at = 0; at < bytes.length; at += piece) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
            take(channel, read);
        }
        channel.finish();
        take(channel, read);
        return read.toString();
    }

    private static void take(EmbeddedChannel channel, StringBuilder read) {
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof HttpResponse response) {
                read.append('[').append(response.status().code());
                if (response.decoderResult().isFailure()) {
                    read.append(" failed]");
                } else {
                    read.append(response.headers().entries()).append(']');
                }
            }
            if (message instanceof HttpContent content) {
                read.append(content.content().toString(StandardCharsets.ISO_8859_1));
                if (content.decoderResult().isFailure()) {
                    read.append("[failed]");
                }
            }
            if (message instanceof LastHttpContent last) {
                read.append("[end ").append(last.trailingHeaders().entries()).append(']');
            }
            ReferenceCountUtil.release(message);
        }
    }
}
