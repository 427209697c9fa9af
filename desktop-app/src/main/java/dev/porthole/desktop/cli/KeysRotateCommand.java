package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "rotate",
        description = {
            "Puts another key in the place of one, and prints it once.",
            "The one before and its sessions end at once; tunnels and addresses stay."
        },
        footerHeading = "%nExample:%n",
        footer = "  porthole keys rotate key_0f3c --yes > key")
final class KeysRotateCommand extends Command {
    @Parameters(paramLabel = "KEY", completionCandidates = Candidates.OfKeys.class, description = Keys.WHICH)
    private String which = "";

    @Mixin
    private YesOption yes = new YesOption();

    KeysRotateCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    int run(Session session) throws PortholeException {
        var key = Keys.named(session, which);
        if (!yes.agreed(
                terminal(), "The key " + key.name() + " (" + key.prefix() + "...) ends at once, with its sessions.")) {
            terminal().say("Nothing was changed.");
            return FINE;
        }
        new KeyReport(session.porthole().keys().rotate(key.id())).print(this);
        return FINE;
    }
}
