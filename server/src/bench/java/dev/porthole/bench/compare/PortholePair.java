package dev.porthole.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Porthole server and an agent, as they are shipped: the launcher's programs with the launcher's options. */
final class PortholePair implements Contender {
    private final Path launcher;
    private final Path folder;
    private final PortholeServerProcess server;
    private final Started agent;
    private final Started appAgent;
    private final Address files;
    private final Address app;

    private PortholePair(Path launcher, Path folder, Origin origin) throws IOException {
        this.launcher = launcher;
        this.folder = folder;
        this.server = PortholeServerProcess.start(launcher, folder);
        this.agent = listen("agent", origin.filesPort());
        this.files = address(agent);
        this.appAgent = listen("app-agent", origin.appPort());
        this.app = address(appAgent);
    }

    /** @param launcher the checkout's {@code porthole} */
    static PortholePair open(Path launcher, Path folder, Origin origin) throws IOException {
        return new PortholePair(launcher, folder, origin);
    }

    private Started listen(String name, int endpoint) throws IOException {
        return Started.of(
                folder,
                name,
                Map.of(
                        "PORTHOLE_HOME", folder.resolve(name + "-home").toString(),
                        "PORTHOLE_SERVER", "http://localhost:" + server.port(),
                        "PORTHOLE_API_KEY", server.key()),
                PortholeServerProcess.command(
                        launcher, "tunnel", "listen", "--endpoint", "127.0.0.1:" + endpoint, "--output", "json"));
    }

    private Address address(Started listening) throws IOException {
        return new Address(server.port(), listening.awaitLine("\"event\":\"ready\".*\"url\":\"http://([^\":/]+)"));
    }

    /** The server, to be killed and started again. */
    PortholeServerProcess server() {
        return server;
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
        return Stream.concat(server.processes().stream(), agent.processes().stream())
                .toList();
    }

    @Override
    public void close() {
        appAgent.close();
        agent.close();
        server.close();
    }
}
