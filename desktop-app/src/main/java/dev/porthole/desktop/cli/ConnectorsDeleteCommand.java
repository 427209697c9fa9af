package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.Connector;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "delete",
        aliases = "rm",
        description = "Removes a connector and ends its sessions; its tunnels stay, and nobody carries them.",
        footerHeading = "%nExample:%n",
        footer = "  porthole connectors delete build-server")
final class ConnectorsDeleteCommand extends Command {
    @Parameters(
            paramLabel = "CONNECTOR",
            completionCandidates = Candidates.OfConnectors.class,
            description = Connectors.WHICH)
    private String which = "";

    @Mixin
    private YesOption yes = new YesOption();

    ConnectorsDeleteCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String deleted) {}

    @Override
    int run(Session session) throws PortholeException {
        Connector connector = Connectors.named(session, which);
        int tunnels = connector.tunnels().size();
        if (!yes.agreed(
                terminal(),
                "Nobody carries the " + (tunnels == 1 ? "tunnel" : tunnels + " tunnels") + " of " + connector.name()
                        + " any more.")) {
            terminal().say("Nothing was deleted.");
            return FINE;
        }
        session.porthole().connectors().delete(connector.id());
        answer(
                new Document(connector.id()),
                List.of(connector.id()),
                terminal -> terminal.say("Deleted " + Printable.of(connector.name()) + "."));
        return FINE;
    }
}
