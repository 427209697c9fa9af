package dev.porthole.server.admin;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks to the server that runs in a data folder, as its owner. One connection; blocking; for one thread at a time.
 */
public final class AdminClient implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader in;
    private final BufferedWriter out;

    private AdminClient(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        this.out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    }

    /**
     * Connects to the server of a data folder.
     *
     * @throws IOException if none runs there
     */
    public static AdminClient connect(Path dataFolder) throws IOException {
        return find(dataFolder).orElseThrow(() -> new IOException(dataFolder + ": no server runs with this folder"));
    }

    /** Connects to the server of a data folder, if one runs there. */
    public static Optional<AdminClient> find(Path dataFolder) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(SocketPlace.find(dataFolder)));
            return Optional.of(new AdminClient(channel));
        } catch (IOException notRunning) {
            channel.close();
            return Optional.empty();
        }
    }

    /** How the server is reached. */
    public AdminCommands.Status status() throws IOException {
        JsonNode answer = ask(AdminSocket.JSON.createObjectNode().put("do", "status"));
        return new AdminCommands.Status(
                answer.path("version").asString(""),
                answer.path("address").asString(""),
                answer.path("pid").asLong(0));
    }

    /**
     * A single-use code that the token endpoint takes for the owner's tokens.
     *
     * @param challenge PKCE, S256
     * @param redirect the redirect address that the token request will name
     */
    public String ownerCode(String challenge, String redirect) throws IOException {
        return ask(AdminSocket.JSON
                        .createObjectNode()
                        .put("do", "owner-code")
                        .put("challenge", challenge)
                        .put("redirect", redirect))
                .path("code")
                .asString("");
    }

    /** A fresh API key. */
    public String token(String user, @Nullable String project) throws IOException {
        ObjectNode request =
                AdminSocket.JSON.createObjectNode().put("do", "token").put("user", user);
        if (project != null) {
            request.put("project", project);
        }
        return ask(request).path("key").asString("");
    }

    /**
     * Writes a backup; the server does it, as its own user.
     *
     * @param file must not be there
     * @return whether the database is in it: a PostgreSQL's backups are its operator's
     */
    public boolean backup(Path file) throws IOException {
        return ask(AdminSocket.JSON
                        .createObjectNode()
                        .put("do", "backup")
                        .put("file", file.toAbsolutePath().toString()))
                .path("database")
                .asBoolean(false);
    }

    /** Keeps an embedded server running for as long as this client is open. */
    public void lease() throws IOException {
        ask(AdminSocket.JSON.createObjectNode().put("do", "lease"));
    }

    private JsonNode ask(ObjectNode request) throws IOException {
        out.write(request.toString());
        out.write('\n');
        out.flush();
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the server has stopped");
        }
        JsonNode answer = AdminSocket.JSON.readTree(line);
        if (answer.path("error").isString()) {
            throw new IOException(answer.path("error").asString());
        }
        return answer;
    }

    /** Closes the connection, and with it its lease. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
