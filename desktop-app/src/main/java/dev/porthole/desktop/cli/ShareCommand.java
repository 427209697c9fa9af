package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.Shareable;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "share",
        description = {
            "Shares a port or a folder until Ctrl+C and prints its address.",
            "Uses the server that you are signed in to; without one, starts this computer's own."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  porthole share 3000", "  porthole share ./site", "  porthole share tcp 5432"})
final class ShareCommand extends Command {
    @Parameters(
            arity = "1..2",
            paramLabel = "ENDPOINT",
            description =
                    "3000, localhost:3000, https://10.0.0.5:8443, h2c://localhost:50051, tcp 5432, or a folder: ./site")
    private List<String> endpoint = List.of();

    @Option(
            names = "--host-header",
            paramLabel = "WHICH",
            converter = HostHeaderOption.class,
            description = HostHeaderOption.DESCRIPTION)
    private @Nullable HostHeader hostHeader;

    @Mixin
    private EndpointOptions choices = new EndpointOptions();

    @Mixin
    private RequestsOption requests = new RequestsOption();

    @Mixin
    private NetworkOption network = new NetworkOption();

    ShareCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    void check() {
        var _ = wanted();
        choices.check();
    }

    /** {@code tcp 5432} is two words. */
    private Endpoint wanted() {
        return Shareable.parse(String.join(" ", endpoint));
    }

    @Override
    Session open() throws PortholeException {
        return Session.openFollowing(surroundings, options, null);
    }

    @Override
    int run(Session session) throws PortholeException {
        ShareReport report = options.json()
                ? ShareReport.json(terminal())
                : ShareReport.forPeople(ShareReport.addressOnly(terminal()), terminal(), surroundings);
        return new Listening(
                        session,
                        surroundings,
                        report,
                        InstantSource.system(),
                        requests.chosen(!options.json() && !options.quiet()))
                .run(
                        () -> prepare(session),
                        network.of(wanted(), null, null, hostHeader, null).asQuick());
    }

    private void prepare(Session session) throws PortholeException {
        session.requireSignInAnywhere();
        session.requireProject();
        choices.choose(session.porthole(), wanted());
    }
}
