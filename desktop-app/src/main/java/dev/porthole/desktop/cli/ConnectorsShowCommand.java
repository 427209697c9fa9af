package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.ConnectorConnection;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "show",
        description = "Shows how an external connector's agent is started, without the credential; changes nothing.",
        footerHeading = "%nExample:%n",
        footer = "  porthole connectors show build-server --snippet compose")
final class ConnectorsShowCommand extends ConnectionCommand {
    @Parameters(
            paramLabel = "CONNECTOR",
            completionCandidates = Candidates.OfConnectors.class,
            description = Connectors.WHICH)
    private String which = "";

    ConnectorsShowCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    Optional<ConnectorConnection> connection(Session session) throws PortholeException {
        String id = Connectors.named(session, which).id();
        return Optional.of(session.porthole().connectors().connection(id));
    }
}
