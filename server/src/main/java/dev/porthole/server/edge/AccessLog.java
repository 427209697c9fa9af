package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request, when it is answered: {@code GET /path -> 200 in 12 ms}, the host, and the id that the
 * agent's line shares. Queries are left out: they hold other people's secrets.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.porthole.access");
    /** What a line says when the visitor left before there was an answer. */
    private static final int VISITOR_LEFT = 499;
    /** A one-time link's: what invitations and the like hold instead of a password. */
    private static final Pattern SECRET = Pattern.compile("/(ph[a-z]_)[A-Za-z0-9_-]{20,}");

    private final HttpRequest request;
    private final String requestId = RequestIds.next();
    private final long startNanos = System.nanoTime();
    private boolean written;

    private AccessLog(HttpRequest request) {
        this.request = request;
    }

    static AccessLog begin(HttpRequest request) {
        return new AccessLog(request);
    }

    String requestId() {
        return requestId;
    }

    /**
     * Writes the line, once.
     *
     * @param status the answer's status; 0 if there is none
     */
    void end(int status) {
        if (!written && LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} {} -> {} in {} ms ({} {})",
                    printable(request.method().name()),
                    printable(withoutSecrets(request.uri())),
                    status == 0 ? VISITOR_LEFT : status,
                    Duration.ofNanos(System.nanoTime() - startNanos).toMillis(),
                    printable(request.headers().get(HttpHeaderNames.HOST, "-")),
                    requestId);
        }
        written = true;
    }

    /** The path alone; a link's secret in it, only as far as people tell links apart. */
    static String withoutSecrets(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return path.contains("/ph") ? SECRET.matcher(path).replaceAll("/$1...") : path;
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
