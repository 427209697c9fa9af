package dev.porthole.server.console;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Style sheets, script and pictures of the pages. The address of each holds a hash of its bytes, so that browsers keep
 * it for ever and still never show an old one.
 */
public final class Assets implements HttpHandler {
    /** The style sheet's address. */
    public static final String STYLE;

    /** The picture's address. */
    public static final String ICON;

    /** The console's style sheet's address. */
    public static final String CONSOLE_STYLE;

    /** The console's script's address. */
    public static final String SCRIPT;

    private static final HttpString NOSNIFF = new HttpString("X-Content-Type-Options");

    private record Asset(String address, String type, ByteBuffer bytes) {}

    private static final Map<String, Asset> BY_ADDRESS;

    static {
        Asset style = load("porthole", "css", "text/css; charset=utf-8");
        Asset icon = load("porthole", "svg", "image/svg+xml");
        Asset consoleStyle = load("console", "css", "text/css; charset=utf-8");
        Asset script = load("console", "js", "text/javascript; charset=utf-8");
        STYLE = style.address;
        ICON = icon.address;
        CONSOLE_STYLE = consoleStyle.address;
        SCRIPT = script.address;
        BY_ADDRESS = List.of(style, icon, consoleStyle, script).stream()
                .collect(Collectors.toMap(Asset::address, Function.identity()));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Asset asset = BY_ADDRESS.get(exchange.getRequestPath());
        if (asset == null) {
            Pages.send(
                    exchange,
                    404,
                    new Page.Problem(
                            "Nothing is here", "This address has no page.", "Check it, or start at the front page."));
            return;
        }
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, asset.type)
                .put(Headers.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .put(NOSNIFF, "nosniff");
        exchange.getResponseSender().send(asset.bytes.duplicate());
    }

    private static Asset load(String name, String extension, String type) {
        String file = name + "." + extension;
        try (InputStream in =
                Objects.requireNonNull(Assets.class.getResourceAsStream(file), () -> file + " is not in the jar")) {
            byte[] bytes = in.readAllBytes();
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
            return new Asset(
                    "/assets/" + name + "." + hash + "." + extension,
                    type,
                    ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every Java", impossible);
        }
    }
}
