package dev.porthole.core.proxy;

import dev.porthole.core.wire.WireHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An extended CONNECT (RFC 8441) as the HTTP/1.1 upgrade that an app knows, and whether its 101 is right.
 *
 * <p>For WebSocket the key is our own, as RFC 8441 section 5 has it: the visitor's key never comes this far. For other
 * tokens the visitor's own {@code Upgrade} comes in {@link WireHeaders#UPGRADE}, an extension of ours.
 */
record UpgradeRequest(
        HttpRequest head, String token, @Nullable String key) {
    private static final SecureRandom RANDOM = new SecureRandom();
    // RFC 6455, section 1.3.
    private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String WEBSOCKET = "websocket";

    /** The request for the app. */
    static UpgradeRequest of(Http2Headers from, String protocol, HostRewriting rewriting) {
        HttpRequest head = EndpointFields.request(HttpMethod.GET, from, rewriting);
        head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        if (protocol.equalsIgnoreCase(WEBSOCKET)) {
            byte[] nonce = new byte[16];
            RANDOM.nextBytes(nonce);
            String key = Base64.getEncoder().encodeToString(nonce);
            head.headers().set(HttpHeaderNames.UPGRADE, WEBSOCKET);
            head.headers().set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key);
            if (!head.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION)) {
                head.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
            }
            return new UpgradeRequest(head, WEBSOCKET, key);
        }
        CharSequence own = from.get(WireHeaders.UPGRADE);
        String token = own == null ? protocol : own.toString();
        head.headers().set(HttpHeaderNames.UPGRADE, token);
        return new UpgradeRequest(head, token, null);
    }

    /** Whether a 101 answers this request. */
    boolean isAcceptedBy(HttpResponse answer) {
        if (key == null) {
            return answer.headers().contains(HttpHeaderNames.UPGRADE);
        }
        return answer.headers().containsValue(HttpHeaderNames.UPGRADE, WEBSOCKET, true)
                && accept(key).equals(answer.headers().get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT));
    }

    /** The 101 as the edge gets it: 200, the app's choices of sub-protocol and extensions in it. */
    Http2Headers success(HttpResponse answer, HostRewriting rewriting) {
        Http2Headers success = EndpointFields.answer(answer, rewriting).status("200");
        success.remove(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
        success.remove(HttpHeaderNames.CONTENT_LENGTH);
        if (key == null) {
            success.set(WireHeaders.UPGRADE, answer.headers().get(HttpHeaderNames.UPGRADE, token));
        }
        return success;
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SALT).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("no SHA-1, which every Java has", impossible);
        }
    }
}
