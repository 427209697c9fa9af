package dev.porthole.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of its own in a temporary folder. It refuses to be root, so root starts it as {@code postgres}. */
public final class PostgresServer implements AutoCloseable {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable PostgresServer shared;

    private final String bin;
    private final Path home;
    private final int port;
    private final boolean durable;

    private PostgresServer(String bin, Path home, int port, boolean durable) {
        this.bin = bin;
        this.home = home;
        this.port = port;
        this.durable = durable;
    }

    /** One for all tests that do no harm to it; it ends with the virtual machine. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            PostgresServer started = start(false);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = started;
        }
        return shared;
    }

    /**
     * Starts one.
     *
     * @param durable whether it writes to the disk before it says that it has
     */
    public static PostgresServer start(boolean durable) {
        try {
            // Another user has to come in: the test's own folder is closed to it.
            Path home =
                    Path.of(run("mktemp", "-d", "/tmp/porthole-postgres.XXXXXX").strip());
            PostgresServer server = new PostgresServer(newest(), home, freePort(), durable);
            server.tool("initdb", "--username=porthole", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C");
            server.up();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts it again, after {@link #kill}. */
    public void up() throws IOException {
        tool(
                "pg_ctl",
                "--wait",
                "--log=" + home.resolve("log"),
                "--options=-h 127.0.0.1 -p " + port + " -k ''" + (durable ? "" : " -c fsync=off"),
                "start");
    }

    /** Ends it at once, as a crash does. */
    public void kill() throws IOException {
        tool("pg_ctl", "--wait", "--mode=immediate", "stop");
    }

    /** An empty database's address. */
    public String database() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        return "postgresql://porthole:nobody-asks@127.0.0.1:" + port + "/" + name;
    }

    /** Runs a statement in a database. */
    public void execute(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "porthole", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    @Override
    public void close() {
        try {
            kill();
            run("rm", "-rf", home.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void tool(String name, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(bin + "/" + name, "--pgdata=" + home.resolve("data")));
        command.addAll(List.of(options));
        run(command.toArray(String[]::new));
    }

    private static String run(String... words) throws IOException {
        List<String> command = new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.addAll(List.of(words));
        // A file takes the output: the server inherits it, and a pipe would stay open as long as it lives.
        Path output = Files.createTempFile(
                "postgres", ".out", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-")));
        try {
            int code = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            if (code != 0) {
                throw new IOException(command + " ended with " + code + ": " + said);
            }
            return said;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was not waited for", hurried);
        } finally {
            Files.delete(output);
        }
    }

    /** Debian keeps each version's programs apart, and off the path. */
    private static String newest() throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.max(Comparator.comparing(
                            path -> path.getFileName().toString().length() + "." + path.getFileName()))
                    .orElseThrow()
                    .resolve("bin")
                    .toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
