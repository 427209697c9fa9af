package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "delete", aliases = "rm", description = "Deletes a tunnel and gives up its name.")
final class TunnelDeleteCommand extends Command {
    @Parameters(paramLabel = "ID", description = "The tunnel's id, as 'porthole tunnel list' shows it.")
    private String id = "";

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
        session.requireSignIn();
        session.requireProject();
        // A script has nobody to ask, and said what it wants.
        boolean asks = terminal().attended() && !yes;
        if (asks
                && !terminal()
                        .agrees("Delete " + Printable.of(id) + "? Its address may be taken by someone else then.")) {
            terminal().say("Nothing was deleted.");
            return FINE;
        }
        session.porthole().delete(id);
        if (options.json()) {
            terminal().print(Json.of(new Document(id)));
        } else {
            terminal().say("Deleted " + Printable.of(id) + ".");
        }
        return FINE;
    }
}
