package dev.porthole.core.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;

/**
 * Checks that what an app says on a stream is one HTTP answer (RFC 9113, section 8.1): interim heads, a head, a body as
 * long as it says, trailers, and the end. Whoever breaks that is not passed on. One a request, on the event loop only.
 */
final class Http2Answer {
    /** What a list of fields is. */
    enum Part {
        INTERIM,
        HEAD,
        TRAILERS,
        /** No part of an answer. */
        NONE
    }

    private static final int MAX_LENGTH_DIGITS = 18;

    private final boolean toHead;
    private final boolean toConnect;
    private boolean headCame;
    private long bodyDue = -1;

    /**
     * @param toHead the request's method is HEAD, whose answer has no body
     * @param toConnect it is CONNECT, whose 2xx makes a tunnel: its bytes are no body
     */
    Http2Answer(boolean toHead, boolean toConnect) {
        this.toHead = toHead;
        this.toConnect = toConnect;
    }

    /** Takes fields. */
    Part fields(Http2Headers fields, boolean end) {
        if (headCame) {
            return end && fields.status() == null && body(0, true) ? Part.TRAILERS : Part.NONE;
        }
        int status = status(fields);
        if (status < 0 || status == 101) {
            return Part.NONE;
        }
        if (status < 200) {
            return end ? Part.NONE : Part.INTERIM;
        }
        headCame = true;
        boolean bodiless = toHead || status == 204 || status == 304;
        long length = bodiless ? 0 : length(fields);
        if (length == -2) {
            return Part.NONE;
        }
        bodyDue = toConnect && status < 300 ? -1 : length;
        return body(0, end) ? Part.HEAD : Part.NONE;
    }

    /** Takes so many bytes of the body; false if they are too many, or too few at its end. */
    boolean body(int bytes, boolean end) {
        if (!headCame) {
            return false;
        }
        if (bodyDue >= 0) {
            bodyDue -= bytes;
            return bodyDue >= 0 && !(end && bodyDue > 0);
        }
        return true;
    }

    private static int status(Http2Headers fields) {
        List<CharSequence> all = fields.getAll(Http2Headers.PseudoHeaderName.STATUS.value());
        if (all.size() != 1 || all.getFirst().length() != 3 || !FieldSyntax.isDigits(all.getFirst())) {
            return -1;
        }
        int status = Integer.parseInt(all.getFirst().toString());
        return status >= 100 && status <= 599 ? status : -1;
    }

    /** -1 if none is said, -2 if what is said is no length. */
    private static long length(Http2Headers fields) {
        List<CharSequence> all = fields.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (all.isEmpty()) {
            return -1;
        }
        CharSequence only = all.getFirst();
        return all.size() == 1 && FieldSyntax.isDigits(only) && only.length() <= MAX_LENGTH_DIGITS
                ? Long.parseLong(only.toString())
                : -2;
    }
}
