package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException;
import dev.porthole.core.Shareable;
import dev.porthole.core.api.HostHeader;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "share",
        description = {
            "Shares a port or a folder until Ctrl+C and prints its address.",
            "Uses the server that you are signed in to; without one, starts this computer's own."
        })
final class ShareCommand extends Command {
    @Parameters(
            paramLabel = "ENDPOINT",
            description = "3000, localhost:3000, https://10.0.0.5:8443, or a folder: ./site")
    private String endpoint = "";

    @Option(
            names = "--host-header",
            paramLabel = "WHICH",
            converter = HostHeaderOption.class,
            description = HostHeaderOption.DESCRIPTION)
    private @Nullable HostHeader hostHeader;

    ShareCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    void check() {
        Shareable.parse(endpoint);
    }

    @Override
    int run(Session session) throws PortholeException {
        ShareReport report = options.json() ? ShareReport.json(terminal()) : ShareReport.addressOnly(terminal());
        return new Listening(session, surroundings.interrupts(), report, InstantSource.system())
                .run(() -> prepare(session), new ShareRequest(Shareable.parse(endpoint), null, null, hostHeader));
    }

    private static void prepare(Session session) throws PortholeException {
        session.requireSignInAnywhere();
        session.requireProject();
    }
}
