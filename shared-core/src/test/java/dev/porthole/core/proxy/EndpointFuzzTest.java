package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.porthole.core.api.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
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
    private static final String REFUSED = "[refused]";

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

    // T-W1, T-W10: how an app's bytes are cut changes nothing of what is understood, nor that something is refused.
    // What comes with a piece that is refused may be refused with it.
    @FuzzTest
    void appsBytesMeanTheSameInAnyPieces(byte[] bytes) {
        String whole = read(bytes, Math.max(1, bytes.length));
        String cut = read(bytes, 1);
        if (whole.endsWith(REFUSED)) {
            assertThat(cut).startsWith(whole.substring(0, whole.length() - REFUSED.length()));
            assertThat(cut).endsWith(REFUSED);
        } else {
            assertThat(cut).isEqualTo(whole);
        }
    }

    private static AsciiString octets(FuzzedDataProvider data, int most) {
        return new AsciiString(data.consumeBytes(data.consumeInt(0, most)), false);
    }

    /** What the decoder made of it: heads, body bytes and ends, up to what it refused. */
    private static String read(byte[] bytes, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new EndpointResponseDecoder());
        StringBuilder read = new StringBuilder();
        boolean refused = false;
        for (int at = 0; at < bytes.length && !refused; at += piece) {
            int from = at;
            refused = take(
                    channel,
                    read,
                    () -> channel.writeInbound(
                            Unpooled.copiedBuffer(bytes, from, Math.min(piece, bytes.length - from))));
        }
        // What comes after a refusal is nobody's: the connection is closed.
        refused |= take(channel, refused ? new StringBuilder() : read, channel::finish);
        return refused ? read + REFUSED : read.toString();
    }

    /** Takes what one step brought; true if something was refused. */
    private static boolean take(EmbeddedChannel channel, StringBuilder read, Runnable step) {
        boolean thrown = false;
        try {
            step.run();
        } catch (DecoderException refusal) {
            thrown = true;
        }
        boolean refused = false;
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            refused |=
                    message instanceof HttpObject said && said.decoderResult().isFailure();
            if (!refused) {
                append(message, read);
            }
            ReferenceCountUtil.release(message);
        }
        return thrown || refused;
    }

    private static void append(Object message, StringBuilder read) {
        if (message instanceof HttpResponse response) {
            read.append('[').append(response.status().code());
            read.append(response.headers().entries()).append(']');
        }
        if (message instanceof HttpContent content) {
            read.append(content.content().toString(StandardCharsets.ISO_8859_1));
        }
        if (message instanceof LastHttpContent last) {
            read.append("[end ").append(last.trailingHeaders().entries()).append(']');
        }
        if (message instanceof ByteBuf raw) {
            // After a 101.
            read.append(raw.toString(StandardCharsets.ISO_8859_1));
        }
    }
}
