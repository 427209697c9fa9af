package dev.porthole.server.edge;

import dev.porthole.core.wire.http2.Stream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer to a stream and keeps it to the length that it promised: a body that is too long or too short never
 * ends with END_STREAM (RFC 9113, section 8.1.1). Event loop only; takes over the buffers that it is given, and flushes
 * nothing.
 */
final class Http2Answer {
    private static final long UNKNOWN = -1;

    private final Stream stream;
    private final boolean headRequest;
    private boolean bodiless;
    private boolean ended;
    private long remaining = UNKNOWN;
    private int status;

    Http2Answer(Stream stream, HttpMethod method) {
        this.stream = stream;
        this.headRequest = method.equals(HttpMethod.HEAD);
    }

    /** The status code that was sent; 0 before that. */
    int status() {
        return status;
    }

    /** Writes a 1xx answer. */
    void informational(HttpResponse response) {
        stream.headers(fields(response), false);
    }

    /** Writes status and fields. {@code noBody}: nothing will follow. */
    void head(HttpResponse response, boolean noBody) {
        status = response.status().code();
        bodiless = headRequest || status == 204 || status == 304;
        if (status == 204) {
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        if (!bodiless && length != null) {
            remaining = Long.parseLong(length);
        }
        ended = noBody && remaining <= 0;
        stream.headers(fields(response), ended);
    }

    /** Writes a piece of the body. False if it is more than was promised: the answer is broken then. */
    boolean body(ByteBuf data) {
        int bytes = data.readableBytes();
        if (bodiless || ended) {
            data.release();
            return true;
        }
        if (remaining != UNKNOWN) {
            if (bytes > remaining) {
                data.release();
                return false;
            }
            remaining -= bytes;
        }
        stream.data(data, false);
        return true;
    }

    /** Ends the answer. False if there was less than it promised: it is broken then, and nothing is written. */
    boolean end(@Nullable HttpHeaders trailers) {
        if (remaining > 0) {
            return false;
        }
        if (!ended) {
            ended = true;
            if (trailers == null || trailers.isEmpty() || bodiless) {
                stream.data(Unpooled.EMPTY_BUFFER, true);
            } else {
                stream.trailers(copy(trailers, new DefaultHttp2Headers(false, 8)));
            }
        }
        return true;
    }

    private static Http2Headers fields(HttpResponse response) {
        Http2Headers out = new DefaultHttp2Headers(false, 16);
        out.status(response.status().codeAsText());
        return copy(response.headers(), out);
    }

    /** Everything but what speaks of a connection (RFC 9113, section 8.2.2). */
    private static Http2Headers copy(HttpHeaders fields, Http2Headers out) {
        Iterator<Map.Entry<CharSequence, CharSequence>> all = fields.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = all.next();
            String name = field.getKey().toString().toLowerCase(Locale.ROOT);
            if (!HopByHop.isAlways(name)) {
                out.add(new AsciiString(name), RequestFields.octets(field.getValue()));
            }
        }
        return out;
    }
}
