package dev.porthole.server;

import dev.porthole.core.api.ApiJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server's public port as a visitor reaches it: any host, each request on a connection of its own. */
public record PublicPort(int port) {
    /**
     * Shorter than the edge waits for a PING's answer, so that nothing ends by that and looks as if it were revoked.
     */
    private static final int PATIENCE_MILLIS = 8_000;

    private static final int SHORTEST_SECRET = 16;
    private static final List<String> SECRET_FIELDS =
            List.of("password", "code", "code_verifier", "token", "refresh_token");

    /** An answer, taken apart no further than tests need. */
    public record Answer(int status, String head, String body) {
        public JsonNode json() {
            return ApiJson.LENIENT.readTree(body);
        }
    }

    public Answer send(String method, String host, String target, Map<String, String> fields, @Nullable String body)
            throws IOException {
        StringBuilder request =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        fields.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        if (body != null) {
            request.append("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n");
        }
        request.append("\r\n").append(body == null ? "" : body);
        try (Socket socket = dial()) {
            write(socket, request.toString());
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new IOException("no answer, but: " + answer);
            }
            return new Answer(
                    Integer.parseInt(answer.substring(9, 12)), answer.substring(0, end), answer.substring(end + 4));
        }
    }

    /** A call of the API with an API key. */
    public Answer api(String method, String path, String key, @Nullable String body) throws IOException {
        plant(key);
        return send(
                method,
                "localhost:" + port,
                "/api/v1" + path,
                Map.of("x-api-key", key, "Content-Type", "application/json"),
                body);
    }

    /** A call of the API with an access token. */
    Answer bearer(String method, String path, String token, @Nullable String body) throws IOException {
        plant(token);
        return send(
                method,
                "localhost:" + port,
                "/api/v1" + path,
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"),
                body);
    }

    Answer form(String path, Map<String, String> fields) throws IOException {
        SECRET_FIELDS.forEach(name -> plant(fields.getOrDefault(name, "")));
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                "POST", "localhost:" + port, path, Map.of("Content-Type", "application/x-www-form-urlencoded"), body);
    }

    /** The caller's first project. */
    public String project(String key) throws IOException {
        return api("GET", "/projects", key, null).json().at("/items/0/id").asString();
    }

    /**
     * Opens a session as an agent does, and leaves the connection after the edge has agreed. What follows is HTTP/2,
     * which nobody answers here: the end of the stream is the session's.
     */
    Socket session(String connectToken) throws IOException {
        plant(connectToken);
        Socket socket = dial();
        write(
                socket,
                "GET /.porthole/connect HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: ptth\r\n"
                        + "ALPN: h2\r\nPorthole-Wire: 1\r\nPorthole-Instance: instance-1\r\n"
                        + "Authorization: Bearer " + connectToken + "\r\n\r\n");
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("refused: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            socket.close();
            throw new IOException("refused: " + head);
        }
        return socket;
    }

    /** What is shown here is in no log; short ones are words that stand for something bad. */
    private static void plant(String secret) {
        if (secret.length() >= SHORTEST_SECRET) {
            PlantedSecrets.plant(secret);
        }
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
