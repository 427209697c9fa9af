package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.ConnectorConnection;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "create",
        description = "Makes an external connector, and prints its credential once with ways to start its agent.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole connectors create build-server",
            "  porthole connectors create build-server --snippet systemd > porthole-agent.service",
            "  porthole connectors create build-server --quiet > credential"
        })
final class ConnectorsCreateCommand extends ConnectionCommand {
    @Parameters(paramLabel = "NAME", description = "What it is called, such as the computer that it is for.")
    private String name = "";

    ConnectorsCreateCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    Optional<ConnectorConnection> connection(Session session) throws PortholeException {
        session.requireSignIn();
        session.requireProject();
        return Optional.of(session.porthole().connectors().create(name));
    }
}
