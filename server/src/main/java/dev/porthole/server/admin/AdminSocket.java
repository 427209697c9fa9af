package dev.porthole.server.admin;

import dev.porthole.server.store.StoreException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's side of the admin socket: JSON lines, one request object and one answer object a line. Who can reach the
 * folder is the owner; there is no other check. A virtual thread for each connection.
 */
public final class AdminSocket implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.shared();
    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
    private static final int LONGEST_LINE = 64 * 1024;

    private final Path dataFolder;
    private final Path socket;
    private final AdminCommands commands;
    private final ServerSocketChannel listener;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private AdminSocket(Path dataFolder, Path socket, AdminCommands commands) throws IOException {
        this.dataFolder = dataFolder;
        this.socket = socket;
        this.commands = commands;
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
    }

    /**
     * Opens the socket of a folder that this process holds.
     *
     * @throws StoreException if it can't be opened
     */
    public static AdminSocket open(DataFolder folder, AdminCommands commands) {
        try {
            AdminSocket admin = new AdminSocket(folder.path(), SocketPlace.make(folder.path()), commands);
            Thread.ofVirtual().name("admin-socket").start(admin::accept);
            return admin;
        } catch (IOException failed) {
            throw new StoreException(folder.path() + ": the admin socket can't be opened: " + failed, failed);
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = listener.accept();
                connections.add(connection);
                Thread.ofVirtual().name("admin").start(() -> serve(connection));
            }
        } catch (ClosedChannelException stopping) {
            LOG.debug("the admin socket is closed");
        } catch (IOException failed) {
            LOG.error("the admin socket failed", failed);
        }
    }

    private void serve(SocketChannel connection) {
        try (connection;
                Leases leases = new Leases();
                BufferedReader in =
                        new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8), LONGEST_LINE);
                BufferedWriter out = new BufferedWriter(Channels.newWriter(connection, StandardCharsets.UTF_8))) {
            for (String line = line(in); line != null; line = line(in)) {
                out.write(answer(line, leases).toString());
                out.write('\n');
                out.flush();
            }
        } catch (IOException gone) {
            LOG.debug("an admin connection ended: {}", gone.toString());
        } finally {
            connections.remove(connection);
        }
    }

    /** The next line without its end; nothing at the end, or for one that is too long. */
    private static @Nullable String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int character = in.read(); character >= 0; character = in.read()) {
            if (character == '\n') {
                return line.toString();
            }
            if (line.append((char) character).length() > LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " characters");
            }
        }
        return null;
    }

    private ObjectNode answer(String line, Leases leases) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            JsonNode request = JSON.readTree(line);
            String what = request.path("do").asString("");
            return switch (what) {
                case "status" -> {
                    AdminCommands.Status status = commands.status();
                    yield answer.put("version", status.version())
                            .put("address", status.address())
                            .put("pid", status.pid());
                }
                case "owner-code" ->
                    answer.put("code", commands.ownerCode(text(request, "challenge"), text(request, "redirect")));
                case "token" -> {
                    JsonNode project = request.path("project");
                    yield answer.put(
                            "key",
                            commands.token(text(request, "user"), project.isString() ? project.asString() : null));
                }
                case "backup" -> answer.put("database", commands.backup(Path.of(text(request, "file"))));
                case "lease" -> {
                    leases.hold(commands.lease());
                    yield answer.put("ok", true);
                }
                default ->
                    answer.put("error", "do: " + what + " (expected: status, owner-code, token, backup or lease)");
            };
        } catch (AdminCommands.RefusedException refused) {
            return answer.put("error", refused.getMessage());
        } catch (JacksonException broken) {
            return answer.put("error", "expected: one JSON object in each line");
        } catch (RuntimeException bug) {
            LOG.error("an admin command failed", bug);
            return answer.put("error", "the server made a mistake; its log says more about it");
        }
    }

    private static String text(JsonNode request, String field) throws AdminCommands.RefusedException {
        if (!request.path(field).isString()) {
            throw new AdminCommands.RefusedException(field + ": missing (expected: a text)");
        }
        return request.path(field).asString();
    }

    /** Ends all connections, and removes the socket. */
    @Override
    public void close() {
        try {
            listener.close();
            for (SocketChannel connection : connections) {
                connection.close();
            }
            SocketPlace.remove(dataFolder, socket);
        } catch (IOException failed) {
            LOG.warn("{}: can't be removed: {}", socket, failed.toString());
        }
    }

    /** The leases of one connection: they end with it. */
    private static final class Leases implements AutoCloseable {
        private @Nullable AutoCloseable held;

        void hold(AutoCloseable lease) {
            if (held == null) {
                held = lease;
            } else {
                end(lease);
            }
        }

        @Override
        public void close() {
            if (held != null) {
                end(held);
            }
        }

        private static void end(AutoCloseable lease) {
            try {
                lease.close();
            } catch (Exception failed) {
                LOG.error("a lease did not end", failed);
            }
        }
    }
}
