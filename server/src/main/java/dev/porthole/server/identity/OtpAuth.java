package dev.porthole.server.identity;

import io.nayuki.qrcodegen.QrCode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What authenticator apps read: an {@code otpauth} address, also as a picture. */
final class OtpAuth {
    /** Modules of white around a QR code (ISO/IEC 18004). */
    private static final int QUIET = 4;

    private OtpAuth() {}

    /**
     * The address of a secret.
     *
     * @param server tells this server from others in the app's list
     * @param secret in base32
     */
    static String uri(URI server, String account, String secret) {
        String issuer = encoded("Porthole " + server.getAuthority());
        return "otpauth://totp/" + issuer + ":" + encoded(account) + "?secret=" + secret + "&issuer=" + issuer
                + "&algorithm=SHA1&digits=6&period=30";
    }

    /** A QR code as an SVG picture: black on white whatever the page's colours, because cameras want it so. */
    static String picture(String uri) {
        QrCode code = QrCode.encodeText(uri, QrCode.Ecc.MEDIUM);
        int whole = code.size + 2 * QUIET;
        StringBuilder dark = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    dark.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + whole + " " + whole
                + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + whole + "v" + whole + "H0z\"/>"
                + "<path d=\"" + dark + "\"/></svg>";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
