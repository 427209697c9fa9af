package dev.porthole.desktop.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL of its own in a temporary folder. It refuses to be root, so root starts it as {@code postgres}. */
final class PostgresServer implements AutoCloseable {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final String bin;
    private final Path data;
    private final int port;

    private PostgresServer(String bin, Path data, int port) {
        this.bin = bin;
        this.data = data;
        this.port = port;
    }

    static PostgresServer start(Path folder) throws IOException, InterruptedException {
        // Another user has to come in: the test's own folder is closed to it.
        Path home = ROOT
                ? Path.of(run("mktemp", "-d", "/tmp/porthole-postgres.XXXXXX").strip())
                : folder;
        PostgresServer server = new PostgresServer(newest(), home.resolve("data"), freePort());
        server.tool("initdb", "--username=porthole", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C");
        server.tool(
                "pg_ctl",
                "--wait",
                "--log=" + home.resolve("log"),
                "--options=-h 127.0.0.1 -p " + server.port + " -k '' -c fsync=off",
                "start");
        return server;
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        try {
            tool("pg_ctl", "--wait", "--mode=immediate", "stop");
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void tool(String name, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(bin + "/" + name, "--pgdata=" + data));
        command.addAll(List.of(options));
        run(command.toArray(String[]::new));
    }

    private static String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.addAll(List.of(words));
        // A file takes the output: the server inherits it, and a pipe would stay open as long as it lives.
        Path output = Files.createTempFile(
                "postgres", ".out", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-")));
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = process.waitFor();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        if (code != 0) {
            throw new IOException(command + " ended with " + code + ": " + said);
        }
        return said;
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
