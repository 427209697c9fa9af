package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.wire.WireHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request as an app gets it that speaks HTTP/2, and what becomes of the answer's fields. An upgrade stays what it was
 * on the wire: an extended CONNECT (RFC 8441).
 */
final class Http2Request {
    private static final String WEBSOCKET = "websocket";

    private final HostRewriting rewriting;
    private final Http2Headers fields;
    private final @Nullable CharSequence protocol;
    private final boolean head;

    Http2Request(Endpoint endpoint, Http2Headers from, HostRewriting rewriting) {
        this.rewriting = rewriting;
        this.protocol = from.get(Http2Headers.PseudoHeaderName.PROTOCOL.value());
        this.head = HttpMethod.HEAD.asciiName().contentEquals(from.method());
        this.fields = EndpointFields.request2(
                from, endpoint.scheme() == Endpoint.Scheme.HTTPS ? "https" : "http", protocol, rewriting);
        if (protocol != null && !fields.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION) && isWebSocket()) {
            fields.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        }
    }

    Http2Headers fields() {
        return fields;
    }

    /** Whether its answer has no body. */
    boolean isHead() {
        return head;
    }

    boolean isUpgrade() {
        return protocol != null;
    }

    /** Whether an answer's head makes bytes both ways of it. */
    boolean isAcceptedBy(Http2Headers answer) {
        return isUpgrade() && Objects.requireNonNull(answer.status()).charAt(0) == '2';
    }

    /** An answer's head as the edge gets it. */
    Http2Headers answer(Http2Headers from) {
        CharSequence status = Objects.requireNonNull(from.status());
        if (!isAcceptedBy(from)) {
            return EndpointFields.answer2(status, from, rewriting);
        }
        Http2Headers success = EndpointFields.answer2("200", from, rewriting);
        success.remove(HttpHeaderNames.CONTENT_LENGTH);
        if (!isWebSocket()) {
            success.set(WireHeaders.UPGRADE, Objects.requireNonNull(protocol));
        }
        return success;
    }

    private boolean isWebSocket() {
        return WEBSOCKET.contentEquals(Objects.requireNonNull(protocol));
    }
}
