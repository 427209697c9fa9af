package dev.porthole.core.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a request's target as the octets that the visitor sent, one for each character. Netty's own encoder makes
 * UTF-8 of those above ASCII, which some visitors send as they are: two bytes would arrive where one was sent.
 */
final class OctetRequestEncoder extends HttpRequestEncoder {
    private static final byte[] HTTP_1_1 = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void encodeInitialLine(ByteBuf out, HttpRequest request) {
        out.writeCharSequence(request.method().name(), StandardCharsets.US_ASCII);
        out.writeByte(HttpConstants.SP);
        out.writeCharSequence(request.uri(), StandardCharsets.ISO_8859_1);
        out.writeBytes(HTTP_1_1);
    }
}
