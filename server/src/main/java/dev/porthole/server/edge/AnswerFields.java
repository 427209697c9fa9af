package dev.porthole.server.edge;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent's answer as the visitor gets it: an HTTP/2 field list in, HTTP/1.1 fields out. An agent is as little trusted
 * as a visitor: a status or a field that is no HTTP makes the whole answer broken.
 */
final class AnswerFields {
    /** The agent's answer is no HTTP answer. */
    static final class BrokenAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenAnswer(String what) {
            super(what, null, false, false);
        }
    }

    private AnswerFields() {}

    /** The status code, of three digits from 100 to 599. */
    static int status(Http2Headers answer) throws BrokenAnswer {
        CharSequence status = answer.status();
        if (status == null || status.length() != 3 || !FieldSyntax.isDigits(status)) {
            throw new BrokenAnswer(":status: " + status + " (expected: three digits)");
        }
        int code = Integer.parseInt(status.toString());
        if (code < 100 || code > 599 || code == 101) {
            throw new BrokenAnswer(":status: " + code + " (expected: 100, or 102-599)");
        }
        return code;
    }

    /** What the agent says went wrong between it and the app; null if the answer is the app's. */
    static @Nullable PortholeError agentsError(Http2Headers answer) {
        CharSequence token = answer.get(WireHeaders.ERROR);
        return token == null ? null : PortholeError.ofToken(token.toString()).orElse(null);
    }

    /** Status line and fields, framing left out but for a length. */
    static HttpResponse head(int status, Http2Headers answer) throws BrokenAnswer {
        HttpHeaders fields = new DefaultHttpHeaders();
        try {
            for (Map.Entry<CharSequence, CharSequence> field : answer) {
                copy(field.getKey().toString(), field.getValue(), fields);
            }
        } catch (IllegalArgumentException notField) {
            throw new BrokenAnswer("field: " + notField.getMessage());
        }
        List<String> lengths = fields.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (lengths.size() > 1
                || (lengths.size() == 1
                        && (!FieldSyntax.isDigits(lengths.getFirst())
                                || lengths.getFirst().length() > 18))) {
            throw new BrokenAnswer("content-length: " + lengths + " (expected: one number)");
        }
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), fields);
    }

    /** Trailers that may be passed on; null if none is left. */
    static @Nullable HttpHeaders trailers(Http2Headers answer) throws BrokenAnswer {
        HttpHeaders fields = new DefaultHttpHeaders();
        try {
            for (Map.Entry<CharSequence, CharSequence> field : answer) {
                String name = field.getKey().toString();
                if (name.startsWith(":")) {
                    throw new BrokenAnswer(name + " in trailers");
                }
                if (HopByHop.mayTrail(name)) {
                    copy(name, field.getValue(), fields);
                }
            }
        } catch (IllegalArgumentException notField) {
            throw new BrokenAnswer("trailer: " + notField.getMessage());
        }
        return fields.isEmpty() ? null : fields;
    }

    private static void copy(String name, CharSequence value, HttpHeaders fields) {
        boolean dropped = name.startsWith(":") || HopByHop.isAlways(name) || name.startsWith(WireHeaders.PREFIX);
        if (!dropped) {
            fields.add(name, value);
        }
    }
}
