package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.Shareable;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelAddress;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
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
            description =
                    "127.0.0.1:3000, https://10.0.0.5:8443, h2c://localhost:50051, tcp://localhost:5432, or a folder: ./site")
    private String endpoint = "";

    @Option(names = "--label", paramLabel = "TEXT", description = "What the tunnel is called in lists.")
    private @Nullable String label;

    @Option(names = "--name", paramLabel = "NAME", description = "The name of a new tunnel's address.")
    private @Nullable String name;

    @Option(
            names = "--host-header",
            paramLabel = "WHICH",
            converter = HostHeaderOption.class,
            description = HostHeaderOption.DESCRIPTION)
    private @Nullable HostHeader hostHeader;

    @Mixin
    private EndpointOptions choices = new EndpointOptions();

    @Option(
            names = "--address",
            paramLabel = "HOW",
            description =
                    "What tells its visitors from others: ${COMPLETION-CANDIDATES}. A TCP tunnel has a port, others have a name.")
    private @Nullable TunnelAddress address;

    @Mixin
    private RequestsOption requests = new RequestsOption();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Mixin
    private GitHubOptions gitHub = new GitHubOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Takes a different --label for an existing tunnel without asking.")
    private boolean yes;

    TunnelListenCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    void check() throws PortholeException {
        Shareable.parse(endpoint);
        choices.check();
        gitHub.check();
    }

    @Override
    Session open() throws PortholeException {
        return Session.openFollowing(surroundings, options, null);
    }

    @Override
    int run(Session session) throws PortholeException {
        Endpoint wanted = Shareable.parse(endpoint);
        ShareReport report = options.json()
                ? ShareReport.json(terminal())
                : ShareReport.forPeople(ShareReport.full(terminal()), terminal(), surroundings);
        ShareReport following = WebhookReport.of(report, session.porthole(), gitHub, surroundings.environment());
        return new Listening(
                        session,
                        surroundings,
                        following,
                        InstantSource.system(),
                        requests.chosen(!options.json() && !options.quiet()))
                .run(() -> prepare(session, wanted), network.of(wanted, label, name, hostHeader, address));
    }

    private void prepare(Session session, Endpoint wanted) throws PortholeException {
        session.requireSignIn();
        session.requireProject();
        choices.choose(session.porthole(), wanted);
        relabel(session, wanted);
    }

    /** A tunnel that is there already takes a different label only from someone who agrees to it. */
    private void relabel(Session session, Endpoint wanted) throws PortholeException {
        String given = label;
        if (given == null) {
            return;
        }
        Optional<Tunnel> existing = session.porthole().listTunnels().stream()
                .map(TunnelState::tunnel)
                .filter(tunnel ->
                        tunnel.endpoint().equals(wanted) && !tunnel.label().equals(given))
                .findFirst();
        if (existing.isPresent() && (yes || agreed(wanted, existing.get().label(), given))) {
            session.porthole().update(existing.get().id(), given, null);
        }
    }

    private boolean agreed(Endpoint wanted, String before, String given) {
        return terminal()
                .agrees("The tunnel of " + wanted + " is called \"" + Printable.of(before) + "\". Call it \""
                        + Printable.of(given) + "\"?");
    }
}
