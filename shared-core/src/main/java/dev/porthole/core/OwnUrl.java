package dev.porthole.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The public address that someone has for an endpoint by other means than Porthole: a server of their own, a router.
 *
 * @param url absolute, {@code http} or {@code https}
 * @param fromOutside whether {@code PORTHOLE_PUBLIC_URL} says it, in the place of what was chosen here
 */
public record OwnUrl(URI url, boolean fromOutside) {
    /**
     * Reads what a person types; without a scheme it is https.
     *
     * @throws IllegalArgumentException with one line that says what was given and what was expected
     */
    public static URI parse(String text) {
        String given = text.strip();
        String whole = given.contains("://") ? given : "https://" + given;
        try {
            URI url = new URI(whole);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            if (!given.isEmpty() && web && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException unreadable) {
            throw wrong(given, unreadable);
        }
        throw wrong(given, null);
    }

    private static IllegalArgumentException wrong(String given, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "public URL: " + (given.isEmpty() ? "none given" : given)
                        + " (expected: an address such as https://shop.example.com)",
                cause);
    }
}
