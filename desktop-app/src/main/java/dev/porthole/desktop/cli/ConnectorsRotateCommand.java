package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorConnection;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "rotate",
        description = {
            "Gives an external connector another credential, and prints it once.",
            "The one before and its sessions end at once; tunnels and addresses stay."
        },
        footerHeading = "%nExample:%n",
        footer = "  porthole connectors rotate build-server --yes --quiet > credential")
final class ConnectorsRotateCommand extends ConnectionCommand {
    @Parameters(
            paramLabel = "CONNECTOR",
            completionCandidates = Candidates.OfConnectors.class,
            description = Connectors.WHICH)
    private String which = "";

    @Mixin
    private YesOption yes = new YesOption();

    ConnectorsRotateCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    Optional<ConnectorConnection> connection(Session session) throws PortholeException {
        Connector connector = Connectors.named(session, which);
        if (!yes.agreed(
                terminal(), "The current credential of " + connector.name() + " ends at once, with its sessions.")) {
            terminal().say("Nothing was changed.");
            return Optional.empty();
        }
        return Optional.of(session.porthole().connectors().rotate(connector.id()));
    }
}
