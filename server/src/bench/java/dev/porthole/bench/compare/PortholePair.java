package dev.porthole.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Porthole server and an agent, as they are shipped: the launcher's programs with the launcher's options. */
final class PortholePair implements Contender {
    private final Path launcher;
    private final Path folder;
    private final int port;
    private final Started agent;
    private final Started appAgent;
    private final Address files;
    private final Address app;
    private Started server;

    private PortholePair(Path launcher, Path folder, Origin origin) throws IOException {
        this.launcher = launcher;
        this.folder = folder;
        this.port = Ports.free();
        this.server = serve();
        String key = key();
        this.agent = listen("agent", key, origin.filesPort());
        this.files = address(agent);
        this.appAgent = listen("app-agent", key, origin.appPort());
        this.app = address(appAgent);
    }

    /** @param launcher the checkout's {@code porthole} */
    static PortholePair open(Path launcher, Path folder, Origin origin) throws IOException {
        return new PortholePair(launcher, folder, origin);
    }

    private Started serve() throws IOException {
        Started started = Started.of(
                folder,
                "server",
                Map.of("PORTHOLE_ADMIN_USER", "bench", "PORTHOLE_ADMIN_PASSWORD", "a bench beside the running water"),
                command("server", "--data-dir", folder.resolve("data").toString(), "--port", String.valueOf(port)));
        started.awaitLine("(listening on \\S+)");
        return started;
    }

    private String key() throws IOException {
        Started token = Started.of(
                folder,
                "token",
                Map.of(),
                command("server", "token", "--data-dir", folder.resolve("data").toString(), "--user", "bench"));
        token.awaitSuccess();
        return Files.readString(folder.resolve("token.out")).strip();
    }

    private Started listen(String name, String key, int endpoint) throws IOException {
        return Started.of(
                folder,
                name,
                Map.of(
                        "PORTHOLE_HOME", folder.resolve(name + "-home").toString(),
                        "PORTHOLE_SERVER", "http://localhost:" + port,
                        "PORTHOLE_API_KEY", key),
                command("tunnel", "listen", "--endpoint", "127.0.0.1:" + endpoint, "--output", "json"));
    }

    private Address address(Started listening) throws IOException {
        return new Address(port, listening.awaitLine("\"event\":\"ready\".*\"url\":\"http://([^\":/]+)"));
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        return command;
    }

    /** Ends the server as {@code kill -9} does; {@link #startServer} follows. */
    void killServer() {
        server.kill();
    }

    /** Starts it again; what it prints is waited for. */
    void startServer() throws IOException {
        server = serve();
    }

    @Override
    public String name() {
        return "Porthole";
    }

    @Override
    public Address files() {
        return files;
    }

    @Override
    public Address app() {
        return app;
    }

    @Override
    public List<Long> processes() {
        return Stream.of(server, agent)
                .flatMap(started -> started.processes().stream())
                .toList();
    }

    @Override
    public void close() {
        appAgent.close();
        agent.close();
        server.close();
    }
}
