package dev.porthole.server.edge;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that came on an HTTP/2 stream, in the shape that exchanges know: {@code :authority} is its Host, a body
 * without a length is chunked. What RFC 9113, section 8, calls malformed never becomes one. What is well-formed and
 * refused all the same carries an {@link UnacceptableRequest} as its decoder result, as in HTTP/1.1.
 */
final class Http2Request extends DefaultHttpRequest {
    /** The request breaks HTTP/2's own rules: its stream ends with PROTOCOL_ERROR (RFC 9113, section 8.1.1). */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            super(what, null, false, false);
        }
    }

    private final @Nullable String protocol;

    private Http2Request(String method, String target, HttpHeaders fields, @Nullable String protocol) {
        super(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target, fields);
        this.protocol = protocol;
    }

    /** The protocol that an extended CONNECT asks for (RFC 8441, section 4); null for every other request. */
    @Nullable
    String protocol() {
        return protocol;
    }

    /** Reads a field list. {@code end}: no body follows. */
    static Http2Request read(Http2Headers head, boolean end, EdgeSettings.Limits limits) throws Malformed {
        Http2Fields fields = Http2Fields.read(head);
        String method = fields.pseudo(":method");
        String path = fields.pseudo(":path");
        String authority = fields.pseudo(":authority");
        String protocol = fields.pseudo(":protocol");
        if (method == null || !isToken(method)) {
            throw new Malformed(":method: " + method + " (expected: a token)");
        }
        boolean connect = method.equals("CONNECT");
        if (protocol != null && !connect) {
            throw new Malformed(":protocol with " + method + " (expected: CONNECT)");
        }
        boolean tunnel = connect && protocol == null;
        checkTarget(method, fields.pseudo(":scheme"), authority, path, tunnel);

        HttpHeaders out =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (Map.Entry<CharSequence, CharSequence> field : head) {
            if (!Http2Fields.isPseudo(field.getKey()) && !Http2Fields.isCookie(field.getKey())) {
                out.add(field.getKey(), field.getValue());
            }
        }
        if (fields.cookies() != null) {
            out.add(HttpHeaderNames.COOKIE, fields.cookies());
        }
        Http2Request request = new Http2Request(method, path == null ? "" + authority : path, out, protocol);
        UnacceptableRequest refusal = refusal(fields, path, authority, out, limits, protocol);
        if (refusal != null) {
            request.setDecoderResult(DecoderResult.failure(refusal));
        }
        if (authority != null) {
            out.set(HttpHeaderNames.HOST, authority);
        }
        if (!end && !out.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            out.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return request;
    }

    /** Which pseudo-fields there must be, and what a path looks like (RFC 9113, sections 8.3.1 and 8.5). */
    private static void checkTarget(
            String method, @Nullable String scheme, @Nullable String authority, @Nullable String path, boolean tunnel)
            throws Malformed {
        if (tunnel) {
            if (scheme != null || path != null || authority == null) {
                throw new Malformed("CONNECT (expected: :authority, and neither :scheme nor :path)");
            }
            return;
        }
        if (scheme == null || path == null) {
            throw new Malformed(":scheme: " + scheme + ", :path: " + path + " (expected: both)");
        }
        boolean server = path.equals("*") && method.equals("OPTIONS");
        if (!server && !path.startsWith("/")) {
            throw new Malformed(":path: " + path + " (expected: something that begins with /)");
        }
        for (int at = 0; at < path.length(); at++) {
            if (path.charAt(at) <= ' ' || path.charAt(at) == 0x7f) {
                throw new Malformed("a control character or a space in :path");
            }
        }
    }

    /** Why a well-formed request is not served; null if it is. */
    private static @Nullable UnacceptableRequest refusal(
            Http2Fields fields,
            @Nullable String path,
            @Nullable String authority,
            HttpHeaders out,
            EdgeSettings.Limits limits,
            @Nullable String protocol) {
        if (path != null && path.length() > limits.targetBytes()) {
            return UnacceptableRequest.targetTooLong(limits.targetBytes());
        }
        if (fields.bytes() > limits.headerBytes()) {
            return UnacceptableRequest.headTooLarge(limits.headerBytes() + " bytes");
        }
        if (out.size() > limits.headerCount()) {
            return UnacceptableRequest.headTooLarge(limits.headerCount() + " fields");
        }
        String scheme = fields.pseudo(":scheme");
        if (scheme != null && !scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            return UnacceptableRequest.malformed(":scheme is neither http nor https");
        }
        for (String host : out.getAll(HttpHeaderNames.HOST)) {
            if (authority != null && !host.equalsIgnoreCase(authority)) {
                return UnacceptableRequest.malformed("Host and :authority differ");
            }
        }
        if (protocol != null && !protocol.equalsIgnoreCase("websocket")) {
            return new UnacceptableRequest(501, "Only websocket is understood as :protocol.");
        }
        return null;
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 256 && FieldSyntax.isTokenOctet(c));
    }
}
