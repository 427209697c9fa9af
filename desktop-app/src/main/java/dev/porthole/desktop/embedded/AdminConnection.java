package dev.porthole.desktop.embedded;

import dev.porthole.core.api.ApiJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A connection to a running server's admin socket: a JSON object a line each way. One call at a time; blocks. */
final class AdminConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader answers;

    private AdminConnection(SocketChannel channel) {
        this.channel = channel;
        this.answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /** Connects, or fails at once when no server listens. */
    static AdminConnection open(Path data) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(data.resolve("admin.sock")));
            return new AdminConnection(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Sends one request and waits for its answer. */
    synchronized JsonNode call(Map<String, ?> request) throws IOException {
        ByteBuffer line = StandardCharsets.UTF_8.encode(ApiJson.LENIENT.writeValueAsString(request) + "\n");
        while (line.hasRemaining()) {
            channel.write(line);
        }
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the server closed its admin socket");
        }
        try {
            JsonNode node = ApiJson.LENIENT.readTree(answer);
            if (node.hasNonNull("error")) {
                throw new IOException("the server said: " + node.get("error").asString());
            }
            return node;
        } catch (JacksonException e) {
            throw new IOException("the server's admin socket answered no JSON", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
