package dev.porthole.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What the browser shows when it comes back. Fixed text: nothing of the address is repeated. */
enum RedirectPage {
    SIGNED_IN(200, "Signed in", "You can close this tab and go back to Porthole.", "#1a7f37"),
    NOT_SIGNED_IN(400, "Not signed in", "Porthole says why. You can close this tab.", "#cf222e"),
    NOT_AWAITED(
            400,
            "Not the sign-in that Porthole waits for",
            "Start again in Porthole. You can close this tab.",
            "#9a6700"),
    NOT_FOUND(404, "Nothing is here", "You can close this tab.", "#9a6700");

    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f6f8fa;color:#1f2328;\
            font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
            main{padding:40px 48px;max-width:26rem;text-align:center;background:#fff;border:1px solid #d0d7de;\
            border-radius:12px}
            h1{margin:16px 0 8px;font-size:1.25rem}
            p{margin:0;color:#59636e}
            @media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}\
            main{background:#151b23;border-color:#3d444d}p{color:#9198a1}}
            """;

    private final int status;
    private final String html;

    RedirectPage(int status, String title, String text, String colour) {
        this.status = status;
        this.html = """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s - Porthole</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <svg width="56" height="56" viewBox="0 0 56 56" fill="none" aria-hidden="true">
                <circle cx="28" cy="28" r="24" stroke="%s" stroke-width="5"/>
                <circle cx="28" cy="28" r="13" fill="%s"/>
                </svg>
                <h1>%s</h1>
                <p>%s</p>
                </main>
                </body>
                </html>
                """.formatted(title, STYLE, colour, colour, title, text);
    }

    int status() {
        return status;
    }

    String html() {
        return html;
    }

    /** No script, no image, nothing from elsewhere, in nobody's frame; the one style by its hash. */
    static String contentSecurityPolicy() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-"
                    + Base64.getEncoder().encodeToString(digest)
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
