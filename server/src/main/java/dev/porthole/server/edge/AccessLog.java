package dev.porthole.server.edge;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request: {@code GET /path -> 200 in 12 ms}, the host, and the id that the agent's line shares. */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("porthole.access");

    private AccessLog() {}

    /** @param status the answer's status, or 499 if the visitor left before there was one */
    static void line(String host, String method, String path, int status, Duration took, String requestId) {
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{} {} -> {} in {} ms ({} {})",
                    printable(method),
                    printable(path),
                    status,
                    took.toMillis(),
                    printable(host),
                    requestId);
        }
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
