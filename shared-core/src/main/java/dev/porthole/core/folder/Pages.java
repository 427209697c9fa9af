package dev.porthole.core.folder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The pages that a folder has of its own: listings and errors. Nothing may run in them or load from elsewhere. */
final class Pages {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1b2430; --soft: #5b6776; --line: #dfe4ea; --link: #1f5fd6; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e8edf3; --soft: #9aa7b6; --line: #2a3542; --link: #8ab4ff; }
              body { background: #11161d; }
            }
            body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; color: var(--ink);
              font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
            h1 { font-size: 1.25rem; font-weight: 600; overflow-wrap: anywhere; }
            p { color: var(--soft); }
            table { width: 100%; border-collapse: collapse; }
            th, td { padding: .375rem .5rem; border-bottom: 1px solid var(--line); text-align: left; }
            th { color: var(--soft); font-weight: 400; font-size: .875rem; }
            td:first-child { width: 100%; overflow-wrap: anywhere; }
            .size, .time { color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; }
            .size { text-align: right; }
            a { color: var(--link); text-decoration: none; }
            a:hover, a:focus { text-decoration: underline; }
            """;

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'; base-uri 'none'; form-action 'none'";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
    private static final String UNRESERVED = "-._~";

    private Pages() {}

    static byte[] error(int status, String words) {
        String body = "<h1>" + escape(words) + "</h1>\n<p>" + status + "</p>\n";
        return document(words, body).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] listing(TargetPath at, FolderListing listing) {
        String title = "/" + String.join("/", at.names());
        StringBuilder body = new StringBuilder(256 + listing.entries().size() * 160);
        body.append("<h1>")
                .append(name(title))
                .append("</h1>\n<table>\n")
                .append("<thead><tr><th scope=\"col\">Name</th><th scope=\"col\" class=\"size\">Size</th>")
                .append("<th scope=\"col\" class=\"time\">Changed (UTC)</th></tr></thead>\n<tbody>\n");
        if (!at.names().isEmpty()) {
            body.append("<tr><td><a href=\"../\">../</a></td><td></td><td></td></tr>\n");
        }
        listing.entries().forEach(entry -> row(body, entry));
        body.append("</tbody>\n</table>\n");
        if (listing.entries().isEmpty()) {
            body.append("<p>This folder is empty.</p>\n");
        }
        if (!listing.complete()) {
            body.append("<p>There are more than ")
                    .append(FolderListing.MOST)
                    .append(" entries; the others are not shown.</p>\n");
        }
        return document(title, body.toString()).getBytes(StandardCharsets.UTF_8);
    }

    private static void row(StringBuilder body, FolderListing.Entry entry) {
        String slash = entry.folder() ? "/" : "";
        String time = TIME.format(entry.modified());
        body.append("<tr><td><a href=\"")
                .append(encode(entry.name()))
                .append(slash)
                .append("\">")
                .append(name(entry.name()))
                .append(slash)
                .append("</a></td><td class=\"size\">")
                .append(entry.folder() ? "" : size(entry.size()))
                .append("</td><td class=\"time\">")
                .append(time)
                .append("</td></tr>\n");
    }

    private static String document(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escape(title)
                + "</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n" + body + "</body>\n</html>\n";
    }

    /** A name that may hold letters of both directions: it can't change how what follows it reads. */
    private static String name(String text) {
        return "<bdi>" + escape(text) + "</bdi>";
    }

    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isShown(point) ? point : 0xfffd);
            }
        });
        return safe.toString();
    }

    private static boolean isShown(int point) {
        return !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE;
    }

    /**
     * A name as a relative reference (RFC 3986, section 4.2): with its colon encoded it is never taken for a scheme.
     */
    static String encode(String name) {
        StringBuilder encoded = new StringBuilder(name.length() + 16);
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xff);
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || UNRESERVED.indexOf(letter) >= 0);
            if (plain) {
                encoded.append(letter);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) letter));
            }
        }
        return encoded.toString();
    }

    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.size() - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 99.5 ? "%.0f %s" : "%.1f %s", value, UNITS.get(unit));
    }

    private static String hash(String style) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
