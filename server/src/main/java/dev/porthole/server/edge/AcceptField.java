package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;

/** What a visitor prefers to read (RFC 9110, section 12.5.1). */
final class AcceptField {
    private AcceptField() {}

    /** Whether JSON has a greater weight than HTML. */
    static boolean prefersJson(HttpHeaders fields) {
        double json = 0;
        double html = 0;
        for (String accept : fields.getAll(HttpHeaderNames.ACCEPT)) {
            for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = range.strip().split(";", -1);
                String media = parts[0].strip();
                if (media.equals("application/json") || media.equals("application/problem+json")) {
                    json = Math.max(json, weight(parts));
                } else if (media.equals("text/html") || media.equals("application/xhtml+xml")) {
                    html = Math.max(html, weight(parts));
                }
            }
        }
        return json > html;
    }

    private static double weight(String[] parameters) {
        for (String parameter : parameters) {
            String text = parameter.strip();
            if (text.startsWith("q=")) {
                try {
                    return Double.parseDouble(text.substring(2));
                } catch (NumberFormatException notNumber) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
