package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * Where a request's body ends is said once and plainly, or the request is refused (RFC 9112, section 6.3). A list of
 * equal lengths, an encoding besides chunked, or both fields together may be read in two ways by two readers: that is
 * how requests are smuggled.
 */
final class RequestFraming {
    private static final int MAX_LENGTH_DIGITS = 18;

    private RequestFraming() {}

    static void check(HttpRequest request) throws UnacceptableRequest {
        HttpHeaders fields = request.headers();
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw new UnacceptableRequest(505, "The edge speaks HTTP/1.1 and HTTP/1.0.");
        }
        List<String> lengths = fields.getAll(HttpHeaderNames.CONTENT_LENGTH);
        List<String> encodings = fields.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!encodings.isEmpty()) {
            checkEncodings(encodings, lengths, version);
        }
        if (lengths.size() > 1) {
            throw UnacceptableRequest.malformed("Content-Length is there " + lengths.size() + " times");
        }
        if (lengths.size() == 1) {
            String length = lengths.getFirst();
            if (!FieldSyntax.isDigits(length) || length.length() > MAX_LENGTH_DIGITS) {
                throw UnacceptableRequest.malformed("Content-Length (expected: digits)");
            }
        }
    }

    private static void checkEncodings(List<String> encodings, List<String> lengths, HttpVersion version)
            throws UnacceptableRequest {
        if (!lengths.isEmpty()) {
            throw UnacceptableRequest.malformed("both Content-Length and Transfer-Encoding");
        }
        if (version.equals(HttpVersion.HTTP_1_0)) {
            throw UnacceptableRequest.malformed("Transfer-Encoding in HTTP/1.0");
        }
        if (encodings.size() != 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
            throw new UnacceptableRequest(
                    400, "The request's Transfer-Encoding is not understood (expected: chunked).");
        }
    }

    /** Whether nothing follows the request's head. */
    static boolean hasNoBody(HttpRequest request) {
        HttpHeaders fields = request.headers();
        String length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
        return !fields.contains(HttpHeaderNames.TRANSFER_ENCODING) && (length == null || isZero(length));
    }

    private static boolean isZero(String length) {
        return length.chars().allMatch(digit -> digit == '0');
    }
}
