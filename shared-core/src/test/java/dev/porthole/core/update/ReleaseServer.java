package dev.porthole.core.update;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Serves a feed and its signature, as any web server does. */
final class ReleaseServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    ReleaseServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] file = files.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        server.start();
    }

    URI feed() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/releases.json");
    }

    void serve(String document, String signature) {
        files.put("/releases.json", document.getBytes(StandardCharsets.UTF_8));
        files.put("/releases.json.sig", signature.getBytes(StandardCharsets.US_ASCII));
    }

    void serveUnsigned(String document) {
        files.put("/releases.json", document.getBytes(StandardCharsets.UTF_8));
        files.remove("/releases.json.sig");
    }

    static KeyPair newKeys() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    /** As {@code openssl pkeyutl -sign -rawin} and {@code base64} do. */
    static String sign(String document, KeyPair keys) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(document.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign()) + "\n";
    }

    static FeedKeys keysOf(KeyPair... pairs) {
        StringBuilder text = new StringBuilder();
        for (KeyPair pair : pairs) {
            text.append(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()))
                    .append('\n');
        }
        return FeedKeys.parse(text.toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
