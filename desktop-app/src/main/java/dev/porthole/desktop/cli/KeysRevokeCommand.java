package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "revoke",
        aliases = {"delete", "rm"},
        description = "Ends a key and its sessions at once.",
        footerHeading = "%nExample:%n",
        footer = "  porthole keys revoke ci")
final class KeysRevokeCommand extends Command {
    @Parameters(paramLabel = "KEY", completionCandidates = Candidates.OfKeys.class, description = Keys.WHICH)
    private String which = "";

    @Mixin
    private YesOption yes = new YesOption();

    KeysRevokeCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String revoked) {}

    @Override
    int run(Session session) throws PortholeException {
        var key = Keys.named(session, which);
        if (!yes.agreed(
                terminal(), "The key " + key.name() + " (" + key.prefix() + "...) ends at once, with its sessions.")) {
            terminal().say("Nothing was changed.");
            return FINE;
        }
        session.porthole().keys().revoke(key.id());
        answer(
                new Document(key.id()),
                List.of(key.id()),
                terminal -> terminal.say("Revoked " + Printable.of(key.name()) + "."));
        return FINE;
    }
}
