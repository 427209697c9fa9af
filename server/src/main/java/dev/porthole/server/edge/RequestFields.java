package dev.porthole.server.edge;

import dev.porthole.core.wire.WireHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A visitor's request as the agent gets it: HTTP/1.1 fields in, an HTTP/2 field list out (RFC 9113, section 8.3.1). */
final class RequestFields {
    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");
    private static final AsciiString CONNECT = AsciiString.cached("CONNECT");
    private static final AsciiString PROTOCOL = AsciiString.cached(":protocol");
    private static final AsciiString TRAILERS = AsciiString.cached("trailers");

    private final ForwardedFields forwarded;

    RequestFields(ForwardedFields forwarded) {
        this.forwarded = forwarded;
    }

    /** The whole list for one stream. With an upgrade it is an extended CONNECT (RFC 8441, section 4). */
    Http2Headers map(
            Visitor visitor, HttpRequest request, RequestTarget target, String tunnel, @Nullable Upgrade upgrade) {
        Http2Headers out = new DefaultHttp2Headers(false, 32);
        out.method(upgrade == null ? new AsciiString(request.method().name()) : CONNECT);
        out.scheme(visitor.entrance().secure() ? HTTPS : HTTP);
        out.authority(new AsciiString(target.authority()));
        out.path(octets(target.path()));
        if (upgrade != null) {
            out.set(PROTOCOL, new AsciiString(upgrade.protocol()));
        }
        copy(request.headers(), out, upgrade != null);
        if (request.headers().containsValue(HttpHeaderNames.TE, TRAILERS, true)) {
            out.add(HttpHeaderNames.TE, TRAILERS);
        }
        forwarded.tell(
                visitor.address(),
                visitor.entrance(),
                (InetSocketAddress) visitor.channel().localAddress(),
                target.authority(),
                request.headers(),
                (name, value) -> out.add(AsciiString.cached(name), octets(value)));
        if (upgrade != null && !upgrade.isWebSocket()) {
            out.add(WireHeaders.UPGRADE, octets(upgrade.token()));
        }
        out.add(WireHeaders.TUNNEL, new AsciiString(tunnel));
        out.add(WireHeaders.REQUEST_ID, new AsciiString(visitor.requestId()));
        return out;
    }

    /** Trailers of the request's body; null if none is left. */
    static @Nullable Http2Headers trailers(HttpHeaders trailing) {
        if (trailing.isEmpty()) {
            return null;
        }
        Http2Headers out = new DefaultHttp2Headers(false, 8);
        for (Map.Entry<String, String> field : trailing) {
            AsciiString name = new AsciiString(field.getKey()).toLowerCase();
            String lower = name.toString();
            if (HopByHop.mayTrail(lower) && !lower.startsWith(WireHeaders.PREFIX)) {
                out.add(name, octets(field.getValue()));
            }
        }
        return out.isEmpty() ? null : out;
    }

    private static void copy(HttpHeaders fields, Http2Headers out, boolean upgrade) {
        Set<String> named = HopByHop.named(fields);
        Iterator<Map.Entry<CharSequence, CharSequence>> all = fields.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = all.next();
            AsciiString name = AsciiString.of(field.getKey()).toLowerCase();
            String lower = name.toString();
            boolean dropped = lower.equals("host")
                    || HopByHop.isAlways(lower)
                    || named.contains(lower)
                    || ForwardedFields.replaces(lower)
                    || lower.startsWith(WireHeaders.PREFIX)
                    || (upgrade && (lower.equals("content-length") || lower.equals("sec-websocket-key")));
            if (!dropped) {
                out.add(name, octets(field.getValue()));
            }
        }
        rejoinCookies(out);
    }

    /** Several Cookie fields are one to an HTTP/1.1 app (RFC 9113, section 8.2.3). */
    private static void rejoinCookies(Http2Headers out) {
        List<CharSequence> cookies = out.getAll(HttpHeaderNames.COOKIE);
        if (cookies.size() > 1) {
            out.set(HttpHeaderNames.COOKIE, octets(String.join("; ", cookies)));
        }
    }

    /** The bytes as they came: the decoder made a character of each. */
    static AsciiString octets(CharSequence text) {
        if (text instanceof AsciiString ready) {
            return ready;
        }
        byte[] bytes = new byte[text.length()];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) text.charAt(at);
        }
        return new AsciiString(bytes, false);
    }
}
