package dev.porthole.bench.compare;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Porthole server and an agent, as they are shipped: the launcher's programs with the launcher's options. With TLS,
 * the session and the API are encrypted; visitors come to a port of the tunnel's own, without TLS as to the others.
 */
final class PortholePair implements Contender {
    private final Path launcher;
    private final Path folder;
    private final boolean tls;
    private final PortholeServerProcess server;
    private final Started agent;
    private final Started appAgent;
    private final Address files;
    private final Address app;

    private PortholePair(Path launcher, Path folder, Origin origin, boolean tls) throws IOException {
        this.launcher = launcher;
        this.folder = folder;
        this.tls = tls;
        this.server = PortholeServerProcess.start(launcher, folder, tls);
        this.agent = listen("agent", origin.filesPort());
        this.files = address(agent);
        this.appAgent = listen("app-agent", origin.appPort());
        this.app = address(appAgent);
    }

    /** @param launcher the checkout's {@code porthole} */
    static PortholePair open(Path launcher, Path folder, Origin origin, boolean tls) throws IOException {
        return new PortholePair(launcher, folder, origin, tls);
    }

    private Started listen(String name, int endpoint) throws IOException {
        return Started.of(
                folder,
                name,
                Map.of(
                        "PORTHOLE_HOME",
                        folder.resolve(name + "-home").toString(),
                        "PORTHOLE_SERVER",
                        (tls ? "https" : "http") + "://localhost:" + server.port(),
                        "PORTHOLE_CA_FILE",
                        tls ? server.authority() : "",
                        "PORTHOLE_API_KEY",
                        server.key()),
                PortholeServerProcess.command(
                        launcher,
                        "tunnel",
                        "listen",
                        "--endpoint",
                        "127.0.0.1:" + endpoint,
                        "--address",
                        tls ? "port" : "name",
                        "--output",
                        "json"));
    }

    private Address address(Started listening) throws IOException {
        URI url = URI.create(listening.awaitLine("\"event\":\"ready\".*\"url\":\"(http://[^\"]+)"));
        return new Address(url.getPort(), url.getAuthority());
    }

    /** The server, to be killed and started again. */
    PortholeServerProcess server() {
        return server;
    }

    @Override
    public String name() {
        return tls ? "Porthole, session over TLS" : "Porthole";
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
