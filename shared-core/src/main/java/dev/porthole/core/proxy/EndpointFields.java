package dev.porthole.core.proxy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Heads and trailers from HTTP/2 to HTTP/1.1 and back (RFC 9113, section 8.3): the same fields in the same order,
 * without those that end here.
 */
final class EndpointFields {
    private static final AsciiString HOST = AsciiString.cached("Host");

    private EndpointFields() {}

    /**
     * A request as the app gets it, without framing fields other than the visitor's own Content-Length.
     *
     * @throws IllegalArgumentException if a field can't be said in HTTP/1.1
     */
    static HttpRequest request(HttpMethod method, Http2Headers from, HostRewriting rewriting) {
        CharSequence path = from.path();
        HttpRequest to = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, path == null ? "/" : path.toString());
        to.headers().set(HOST, rewriting.host());
        copy(from, to.headers(), rewriting);
        return to;
    }

    /** The request's trailers for the app. */
    static HttpHeaders trailers(Http2Headers from) {
        HttpHeaders to = new DefaultHttpHeaders();
        copy(from, to, null);
        return to;
    }

    private static void copy(Http2Headers from, HttpHeaders to, @Nullable HostRewriting rewriting) {
        HopByHop hop = HopByHop.of(from.getAll(HttpHeaderNames.CONNECTION).stream()
                .map(CharSequence::toString)
                .toList());
        for (Map.Entry<CharSequence, CharSequence> field : from) {
            String name = field.getKey().toString();
            if (name.startsWith(":") || name.equals("host") || hop.ends(name)) {
                continue;
            }
            CharSequence value = rewriting == null ? field.getValue() : rewriting.request(name, field.getValue());
            if (value == null) {
                continue;
            }
            if (name.equals("cookie") && to.contains(HttpHeaderNames.COOKIE)) {
                // HTTP/2 may split a Cookie; HTTP/1.1 has one (RFC 9113, section 8.2.3).
                to.set(HttpHeaderNames.COOKIE, to.get(HttpHeaderNames.COOKIE) + "; " + value);
            } else {
                to.add(field.getKey(), value);
            }
        }
    }

    /**
     * A request as an app gets it that speaks HTTP/2.
     *
     * @param scheme what the app is spoken to in: {@code http} or {@code https}
     * @param protocol for an extended CONNECT (RFC 8441); null for any other request
     */
    static Http2Headers request2(
            Http2Headers from, String scheme, @Nullable CharSequence protocol, HostRewriting rewriting) {
        Http2Headers to = new DefaultHttp2Headers(false, from.size() + 1);
        CharSequence path = from.path();
        to.method(protocol == null ? from.method() : HttpMethod.CONNECT.asciiName())
                .scheme(scheme)
                .authority(rewriting.host())
                .path(path == null ? "/" : path);
        if (protocol != null) {
            to.set(Http2Headers.PseudoHeaderName.PROTOCOL.value(), protocol);
        }
        copy2(from, to, rewriting::request);
        if (from.contains(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS, true)) {
            // For one hop only, and this hop too can do it: gRPC asks for it (RFC 9113, section 8.2.2).
            to.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
        }
        return to;
    }

    /** Trailers of either direction, from HTTP/2 to HTTP/2. */
    static Http2Headers trailers2(Http2Headers from) {
        Http2Headers to = new DefaultHttp2Headers(false, from.size());
        copy2(from, to, (_, value) -> value);
        return to;
    }

    /** The head of an HTTP/2 app's answer as the edge gets it. */
    static Http2Headers answer2(CharSequence status, Http2Headers from, HostRewriting rewriting) {
        Http2Headers to = new DefaultHttp2Headers(false, from.size());
        to.status(status);
        copy2(from, to, rewriting::answer);
        return to;
    }

    private interface Rewrite {
        /** The field's value at the other side; null if it does not get there. */
        @Nullable
        CharSequence of(String name, CharSequence value);
    }

    private static void copy2(Http2Headers from, Http2Headers to, Rewrite rewrite) {
        HopByHop hop = HopByHop.of(List.of());
        for (Map.Entry<CharSequence, CharSequence> field : from) {
            String name = field.getKey().toString();
            if (!name.startsWith(":") && !name.equals("host") && !hop.ends(name)) {
                CharSequence value = rewrite.of(name, field.getValue());
                if (value != null) {
                    to.add(field.getKey(), value);
                }
            }
        }
    }

    /** An answer's head as the edge gets it. */
    static Http2Headers answer(HttpResponse from, HostRewriting rewriting) {
        Http2Headers to = new DefaultHttp2Headers(false, from.headers().size() + 1);
        to.status(from.status().codeAsText());
        copy(from.headers(), to, rewriting);
        int status = from.status().code();
        if (status < 200 || status == 204) {
            // What has no body has no length either (RFC 9110, section 8.6).
            to.remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        return to;
    }

    /** An answer's trailers as the edge gets them. */
    static Http2Headers answerTrailers(HttpHeaders from) {
        Http2Headers to = new DefaultHttp2Headers(false, from.size());
        copy(from, to, null);
        return to;
    }

    private static void copy(HttpHeaders from, Http2Headers to, @Nullable HostRewriting rewriting) {
        HopByHop hop = HopByHop.of(from.getAll(HttpHeaderNames.CONNECTION));
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = from.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            AsciiString lower = AsciiString.of(field.getKey()).toLowerCase();
            String name = lower.toString();
            if (!hop.ends(name)) {
                to.add(lower, rewriting == null ? field.getValue() : rewriting.answer(name, field.getValue()));
            }
        }
    }
}
