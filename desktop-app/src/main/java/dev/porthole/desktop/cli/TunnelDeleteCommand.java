package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "delete",
        aliases = "rm",
        description = "Deletes a tunnel and gives up its name.",
        footerHeading = "%nExample:%n",
        footer = "  porthole tunnel delete web-shop")
final class TunnelDeleteCommand extends Command {
    @Parameters(paramLabel = "TUNNEL", completionCandidates = Candidates.OfTunnels.class, description = Tunnels.WHICH)
    private String which = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Deletes without asking.")
    private boolean yes;

    TunnelDeleteCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String deleted) {}

    @Override
    int run(Session session) throws PortholeException {
        String id = Tunnels.idOf(session, which);
        // A script has nobody to ask, and said what it wants.
        boolean asks = terminal().attended() && !yes;
        if (asks
                && !terminal()
                        .agrees("Delete " + Printable.of(which) + "? Its address may be taken by someone else then.")) {
            terminal().say("Nothing was deleted.");
            return FINE;
        }
        session.porthole().delete(id);
        answer(new Document(id), List.of(id), terminal -> terminal.say("Deleted " + Printable.of(which) + "."));
        return FINE;
    }
}
