package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request, when it is answered: {@code GET /path -> 200 in 12 ms}, the host, and the id that the
 * agent's line shares. Queries are left out: they hold other people's secrets. On demand, two lines more that begin
 * with the id: the request's fields and the answer's, with secrets masked. Which of these are written is the loggers'
 * levels.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.porthole.access");
    private static final Logger DETAIL = LoggerFactory.getLogger("dev.porthole.access.detail");
    /** What a line says when the visitor left before there was an answer. */
    private static final int VISITOR_LEFT = 499;

    private final HttpRequest request;
    private final String requestId = RequestIds.next();
    private final long startNanos = System.nanoTime();
    private boolean written;

    private AccessLog(HttpRequest request) {
        this.request = request;
    }

    static AccessLog begin(HttpRequest request) {
        AccessLog log = new AccessLog(request);
        if (DETAIL.isInfoEnabled()) {
            DETAIL.info(
                    "{} > {} {} {}; {}",
                    log.requestId,
                    printable(request.method().name()),
                    printable(Masked.text(request.uri())),
                    request.protocolVersion(),
                    printable(Masked.fields(request.headers())));
        }
        return log;
    }

    String requestId() {
        return requestId;
    }

    /** An answer's head goes out, a final one. */
    void answered(HttpResponse response) {
        if (DETAIL.isInfoEnabled()) {
            DETAIL.info(
                    "{} < {}; {}", requestId, response.status().code(), printable(Masked.fields(response.headers())));
        }
    }

    /**
     * Writes the line, once.
     *
     * @param status the answer's status; 0 if there is none
     */
    void end(int status) {
        if (!written && LOG.isInfoEnabled()) {
            LOG.info(
                    "{} {} -> {} in {} ms ({} {})",
                    printable(request.method().name()),
                    printable(Masked.path(request.uri())),
                    status == 0 ? VISITOR_LEFT : status,
                    Duration.ofNanos(System.nanoTime() - startNanos).toMillis(),
                    printable(request.headers().get(HttpHeaderNames.HOST, "-")),
                    requestId);
        }
        written = true;
    }

    /** What visitors send can't forge lines or move a terminal's cursor: only printable ASCII stays as it is. */
    static String printable(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!isPrintable(text.charAt(at))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static boolean isPrintable(char c) {
        return c >= 0x20 && c < 0x7f && c != '\\';
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (isPrintable(c)) {
                safe.append(c);
            } else {
                safe.append(String.format("\\u%04x", (int) c));
            }
        }
        return safe.toString();
    }
}
