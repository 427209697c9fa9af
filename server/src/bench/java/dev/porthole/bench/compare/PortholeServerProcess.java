package dev.porthole.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Porthole server as it is shipped, with a data folder and an API key of its own. */
final class PortholeServerProcess implements AutoCloseable {
    /** An administrator. */
    static final String USER = "bench";

    static final String PASSWORD = "a bench beside the running water";

    private final Path launcher;
    private final Path folder;
    private final boolean tls;
    private final int port;
    private final String key;
    private Started server;

    private PortholeServerProcess(Path launcher, Path folder, boolean tls) throws IOException {
        this.launcher = launcher;
        this.folder = folder;
        this.tls = tls;
        this.port = Ports.free();
        this.server = serve();
        Started token = Started.of(
                folder, "token", Map.of(), command(launcher, "server", "token", "--data-dir", data(), "--user", USER));
        token.awaitSuccess();
        this.key = Files.readString(folder.resolve("token.out")).strip();
    }

    /**
     * @param launcher the checkout's {@code porthole}
     * @param tls whether its public port speaks TLS, with a certificate of its own authority
     */
    static PortholeServerProcess start(Path launcher, Path folder, boolean tls) throws IOException {
        return new PortholeServerProcess(launcher, folder, tls);
    }

    private Started serve() throws IOException {
        Started started = Started.of(
                folder,
                "server",
                Map.of(
                        "PORTHOLE_ADMIN_USER",
                        USER,
                        "PORTHOLE_ADMIN_PASSWORD",
                        PASSWORD,
                        // As the other contenders: nothing is written of each request, and nobody is counted.
                        "PORTHOLE_LOG_REQUESTS",
                        System.getProperty("bench.log", "off"),
                        "PORTHOLE_LIMITS_API_RATE_PER_KEY",
                        "off",
                        "PORTHOLE_LIMITS_API_RATE_PER_ADDRESS",
                        "off",
                        "PORTHOLE_TLS_MODE",
                        tls ? "local-ca" : "off",
                        "PORTHOLE_PORTS_RANGE",
                        "24000-24099"),
                command(launcher, "server", "--data-dir", data(), "--port", String.valueOf(port)));
        started.awaitLine("(listening on \\S+)");
        return started;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    static List<String> command(Path launcher, String... words) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        return command;
    }

    /** The file with the certificate that vouches for its own. */
    String authority() {
        return folder.resolve("data").resolve("local-ca.pem").toString();
    }

    /** On 127.0.0.1. */
    int port() {
        return port;
    }

    String key() {
        return key;
    }

    List<Long> processes() {
        return server.processes();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        server.kill();
    }

    /** Starts it again; back when it listens. */
    void restart() throws IOException {
        server = serve();
    }

    @Override
    public void close() {
        server.close();
    }
}
