package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.PathTemplateMatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What our handlers read of a request. Forwarded fields are the edge's own: it drops those of visitors. */
record WebRequest(HttpServerExchange exchange) {
    private static final int LONGEST_FORM = 64 * 1024;
    private static final HttpString FORWARDED_HOST = new HttpString("X-Forwarded-Host");
    private static final HttpString FETCH_SITE = new HttpString("Sec-Fetch-Site");

    /** A form that is no form, or too long. */
    static final class UnreadableFormException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        UnreadableFormException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    String rawQuery() {
        return exchange.getQueryString();
    }

    Map<String, List<String>> query() {
        return URLUtils.parseParameters(rawQuery());
    }

    /** The value of a segment in braces of the route's path. */
    String path(String name) {
        PathTemplateMatch match = exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY);
        String value = match == null ? null : match.getParameters().get(name);
        if (value == null) {
            throw new IllegalStateException("no {" + name + "} in the route's path");
        }
        return value;
    }

    /** The body of a form post as it came, 64 KiB at most. Blocking. */
    String formBody() throws UnreadableFormException, IOException {
        String type = header(Headers.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            throw new UnreadableFormException(
                    415, "Content-Type: " + type + " (expected: application/x-www-form-urlencoded)");
        }
        exchange.startBlocking();
        try (InputStream body = exchange.getInputStream()) {
            byte[] bytes = body.readNBytes(LONGEST_FORM + 1);
            if (bytes.length > LONGEST_FORM) {
                throw new UnreadableFormException(
                        413, "form: too long (expected: " + LONGEST_FORM + " bytes or fewer)");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    Map<String, List<String>> form() throws UnreadableFormException, IOException {
        return URLUtils.parseParameters(formBody());
    }

    /** The visitor's address. */
    String address() {
        String forwarded = header(Headers.X_FORWARDED_FOR);
        return forwarded != null
                ? first(forwarded)
                : exchange.getSourceAddress().getAddress().getHostAddress();
    }

    /** The host and port that the visitor asked for. */
    String host() {
        String forwarded = header(FORWARDED_HOST);
        return forwarded != null ? first(forwarded) : exchange.getHostAndPort();
    }

    @Nullable
    String cookie(String name) {
        Cookie cookie = exchange.getRequestCookie(name);
        return cookie == null ? null : cookie.getValue();
    }

    @Nullable
    String header(HttpString name) {
        HeaderValues values = exchange.getRequestHeaders().get(name);
        return values == null ? null : values.getFirst();
    }

    /** Whether a page of another site made the browser ask (Fetch Metadata); old browsers don't say. */
    boolean isFromAnotherSite() {
        String site = header(FETCH_SITE);
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /** A field of a form or query; empty if it isn't there exactly once. */
    static String field(Map<String, List<String>> fields, String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.size() == 1 ? values.getFirst() : "";
    }

    private static String first(String list) {
        int comma = list.indexOf(',');
        return (comma < 0 ? list : list.substring(0, comma)).strip();
    }
}
