package dev.porthole.server.edge;

import dev.porthole.core.wire.WireHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protocol that a visitor wants to change to (RFC 9110, section 7.8).
 *
 * @param token the visitor's word, such as {@code websocket}
 * @param webSocketKey the visitor's {@code Sec-WebSocket-Key}; null for other protocols and on a stream
 * @param streamed whether the visitor asked by extended CONNECT (RFC 8441): its stream is the connection then
 */
record Upgrade(String token, @Nullable String webSocketKey, boolean streamed) {
    /** Fixed by RFC 6455, section 1.3. */
    private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Between neighbours only: never asked of the app on a visitor's behalf. */
    private static final Set<String> NEVER = Set.of("h2c", "h2", "tls", "http", "ptth");

    /** The upgrade that a request asks for and the edge passes on; otherwise null, and the field is ignored. */
    static @Nullable Upgrade of(HttpRequest request) {
        if (request instanceof Http2Request streamed) {
            String protocol = streamed.protocol();
            return protocol == null ? null : new Upgrade(protocol, null, true);
        }
        HttpHeaders fields = request.headers();
        List<String> tokens = fields.getAll(HttpHeaderNames.UPGRADE);
        if (tokens.size() != 1
                || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || !fields.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderNames.UPGRADE, true)
                || !request.method().equals(HttpMethod.GET)
                || !RequestFraming.hasNoBody(request)) {
            return null;
        }
        String token = tokens.getFirst().strip();
        String lower = token.toLowerCase(Locale.ROOT);
        int slash = lower.indexOf('/');
        if (!isToken(lower) || NEVER.contains(slash < 0 ? lower : lower.substring(0, slash))) {
            return null;
        }
        if (lower.equals("websocket")) {
            List<String> keys = fields.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
            return keys.size() == 1 ? new Upgrade(token, keys.getFirst(), false) : null;
        }
        return new Upgrade(token, null, false);
    }

    /**
     * Whether an agent's answer to an extended CONNECT is the switch: a 200 is (RFC 8441, section 5), unless the agent
     * says that it is the app's own.
     */
    static boolean switches(int status, Http2Headers answer) {
        CharSequence mark = answer.get(WireHeaders.UPGRADE);
        return status == 200 && (mark == null || !WireHeaders.UPGRADE_REFUSED.contentEquals(mark));
    }

    /** Whether a request is an extended CONNECT (RFC 8441, section 4). */
    static boolean isExtendedConnect(HttpRequest request) {
        return request instanceof Http2Request streamed && streamed.protocol() != null;
    }

    boolean isWebSocket() {
        return token.equalsIgnoreCase("websocket");
    }

    /** The {@code :protocol} of the extended CONNECT. */
    String protocol() {
        return token.toLowerCase(Locale.ROOT);
    }

    /** What proves to the visitor that its handshake was understood (RFC 6455, section 4.2.2). */
    @Nullable
    String webSocketAccept() {
        if (webSocketKey == null) {
            return null;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((webSocketKey + WEBSOCKET_GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    /** One token, or name/version. */
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c < 256 && (c == '/' || FieldSyntax.isTokenOctet(c)))
                && text.indexOf('/') == text.lastIndexOf('/');
    }
}
