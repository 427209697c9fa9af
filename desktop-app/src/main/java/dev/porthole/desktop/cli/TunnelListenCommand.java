package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Tunnel;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "listen",
        description =
                "Takes or makes the tunnel of an endpoint and carries it until Ctrl+C, which turns it off and keeps it.")
final class TunnelListenCommand extends Command {
    @Option(
            names = "--endpoint",
            required = true,
            paramLabel = "ENDPOINT",
            description = "127.0.0.1:3000, https://10.0.0.5:8443, tcp://localhost:5432")
    private String endpoint = "";

    @Option(names = "--label", paramLabel = "TEXT", description = "What the tunnel is called in lists.")
    private @Nullable String label;

    @Option(names = "--name", paramLabel = "NAME", description = "The name of a new tunnel's address.")
    private @Nullable String name;

    @Option(
            names = {"-y", "--yes"},
            description = "Takes a different --label for an existing tunnel without asking.")
    private boolean yes;

    TunnelListenCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    void check() {
        Endpoint.parse(endpoint);
    }

    @Override
    int run(Session session) throws PortholeException {
        session.requireSignIn();
        session.requireProject();
        Endpoint wanted = Endpoint.parse(endpoint);
        ShareReport report = options.json() ? ShareReport.json(terminal()) : ShareReport.full(terminal());
        return new Listening(session, surroundings.interrupts(), report, InstantSource.system())
                .run(new ShareRequest(wanted, agreedLabel(session, wanted), name));
    }

    /** The label to ask the server for: null leaves an existing tunnel's as it is. */
    private @Nullable String agreedLabel(Session session, Endpoint wanted) throws PortholeException {
        if (label == null) {
            return null;
        }
        Optional<Tunnel> existing = session.porthole().listTunnels().stream()
                .map(TunnelState::tunnel)
                .filter(tunnel -> tunnel.endpoint().equals(wanted))
                .findFirst();
        if (existing.isEmpty() || existing.get().label().equals(label) || yes) {
            return label;
        }
        String question = "The tunnel of " + wanted + " is called \""
                + Printable.of(existing.get().label()) + "\". Call it \"" + Printable.of(label) + "\"?";
        return terminal().agrees(question) ? label : null;
    }
}
