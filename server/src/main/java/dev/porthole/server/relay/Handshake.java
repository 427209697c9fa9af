package dev.porthole.server.relay;

import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.WebSocketCarrier;
import dev.porthole.core.wire.WireHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's {@code GET /.porthole/connect} asks for (draft-kazuho-ptth-ptth, section "HTTP/1.1"), read strictly.
 */
public sealed interface Handshake {
    /**
     * All is there; whether the token is good is another question.
     *
     * @param token the connect token
     * @param instance the random id of the running agent
     * @param agentVersion the agent's {@code User-Agent}
     * @param webSocketKey the key, if the session's bytes shall travel in WebSocket frames; null for {@code ptth}
     */
    record Asked(
            String token,
            String instance,
            String agentVersion,
            @Nullable String webSocketKey) implements Handshake {}

    /**
     * It can't become a session.
     *
     * @param status 400, 401, 405 or 426
     * @param detail what was given and what was expected
     */
    record Refused(int status, String detail) implements Handshake {}

    /** The same words for every kind of bad credential: nobody learns which part was wrong. */
    Refused UNAUTHORIZED = new Refused(401, "the connect token was not accepted");

    Pattern INSTANCE = Pattern.compile("[A-Za-z0-9_-]{8,128}");

    /** Reads a handshake's request. */
    static Handshake read(HttpRequest request) {
        HttpHeaders fields = request.headers();
        if (!request.method().equals(HttpMethod.GET)) {
            return new Refused(405, "method: " + request.method() + " (expected: GET)");
        }
        boolean webSocket = isWebSocket(fields);
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || !lists(fields, HttpHeaderNames.CONNECTION, "upgrade")
                || !(webSocket || lists(fields, HttpHeaderNames.UPGRADE, Ptth.UPGRADE_TOKEN))) {
            return new Refused(426, "expected: HTTP/1.1 with Connection: upgrade and Upgrade: " + Ptth.UPGRADE_TOKEN);
        }
        String key = webSocket ? fields.get(HttpHeaderNames.SEC_WEBSOCKET_KEY) : null;
        if (webSocket && (key == null || !WebSocketCarrier.isKey(key))) {
            return new Refused(400, "Sec-WebSocket-Key: " + key + " (expected: 16 bytes in base64)");
        }
        String version = fields.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
        if (webSocket && !WebSocketCarrier.VERSION.equals(version)) {
            return new Refused(
                    400, "Sec-WebSocket-Version: " + version + " (expected: " + WebSocketCarrier.VERSION + ")");
        }
        if (!lists(fields, "ALPN", Ptth.ALPN)) {
            return new Refused(400, "ALPN: " + fields.get("ALPN") + " (expected: " + Ptth.ALPN + " in it)");
        }
        String wire = fields.get(WireHeaders.WIRE);
        if (wire == null || !wire.matches("[1-9][0-9]{0,3}")) {
            return new Refused(400, "Porthole-Wire: " + wire + " (expected: " + Ptth.VERSION + ")");
        }
        String instance = fields.get(WireHeaders.INSTANCE);
        if (instance == null || !INSTANCE.matcher(instance).matches()) {
            return new Refused(
                    400, "Porthole-Instance: " + instance + " (expected: 8-128 letters, digits, '-' or '_')");
        }
        String token = bearer(fields.getAll(HttpHeaderNames.AUTHORIZATION));
        if (token == null) {
            return UNAUTHORIZED;
        }
        String agent = Objects.requireNonNullElse(fields.get(HttpHeaderNames.USER_AGENT), "unknown");
        return new Asked(token, instance, agent.substring(0, Math.min(agent.length(), 100)), key);
    }

    /** Whether it is a WebSocket of ours: any other has no business here. */
    private static boolean isWebSocket(HttpHeaders fields) {
        return lists(fields, HttpHeaderNames.UPGRADE, "websocket")
                && lists(fields, HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, WebSocketCarrier.SUBPROTOCOL);
    }

    private static @Nullable String bearer(List<String> authorization) {
        if (authorization.size() != 1) {
            return null;
        }
        String value = authorization.getFirst();
        if (!value.regionMatches(true, 0, "Bearer ", 0, 7) || value.length() > 4096) {
            return null;
        }
        return value.substring(7).strip();
    }

    private static boolean lists(HttpHeaders fields, CharSequence name, String token) {
        return fields.getAll(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(entry -> entry.strip().equalsIgnoreCase(token));
    }
}
