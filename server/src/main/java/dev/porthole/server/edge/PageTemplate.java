package dev.porthole.server.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page for people: one file without anything from elsewhere, and its style the only thing that it may use. */
final class PageTemplate {
    private static final String TEMPLATE = read();

    /** Nothing may run or load; only the template's own style holds. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + styleHash()
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private PageTemplate() {}

    static String html(int status, String title, String hint) {
        return TEMPLATE.replace("{{status}}", Integer.toString(status))
                .replace("{{hint}}", escape(hint))
                .replace("{{title}}", escape(title));
    }

    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                // Braces would be taken for the template's own.
                case '{' -> safe.append("&#123;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    private static String styleHash() {
        int start = TEMPLATE.indexOf("<style>") + "<style>".length();
        String style = TEMPLATE.substring(start, TEMPLATE.indexOf("</style>"));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String read() {
        try (InputStream in = PageTemplate.class.getResourceAsStream("page.html")) {
            if (in == null) {
                throw new IllegalStateException("page.html is missing beside " + PageTemplate.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
