package dev.porthole.desktop.signin;

import dev.porthole.desktop.ui.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Looks at a server's address while it is typed. The core reads it again, and is the one that decides. */
final class ServerAddress {
    private ServerAddress() {}

    /** What is wrong with it, in words; empty when it can be tried. */
    static Optional<String> problemWith(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return Optional.of(Texts.text("welcome.server.missing"));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        boolean hasScheme = lower.contains("://");
        if (hasScheme && !lower.startsWith("https://") && !lower.startsWith("http://")) {
            return Optional.of(Texts.text("welcome.server.scheme"));
        }
        URI uri;
        try {
            uri = new URI(hasScheme ? text : "https://" + text);
        } catch (URISyntaxException notAnAddress) {
            return Optional.of(Texts.text("welcome.server.malformed"));
        }
        String host = uri.getHost();
        if (host == null || uri.getPort() == 0 || uri.getPort() > 65535) {
            return Optional.of(Texts.text("welcome.server.malformed"));
        }
        String path = uri.getPath();
        if (uri.getUserInfo() != null
                || uri.getQuery() != null
                || uri.getFragment() != null
                || !(path.isEmpty() || path.equals("/"))) {
            return Optional.of(Texts.text("welcome.server.extra"));
        }
        if (lower.startsWith("http://") && !isLoopback(host)) {
            return Optional.of(Texts.text("welcome.server.plain"));
        }
        return Optional.empty();
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("127.0.0.1")
                || name.equals("[::1]");
    }
}
