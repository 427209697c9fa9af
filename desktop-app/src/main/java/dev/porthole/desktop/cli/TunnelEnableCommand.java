package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Condition;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "enable",
        description = {
            "Turns a tunnel on where an external connector carries it.",
            "A tunnel of this computer is carried by 'porthole tunnel listen' or the app."
        },
        footerHeading = "%nExample:%n",
        footer = "  porthole tunnel enable web-shop")
final class TunnelEnableCommand extends Command {
    @Parameters(paramLabel = "TUNNEL", completionCandidates = Candidates.OfTunnels.class, description = Tunnels.WHICH)
    private String which = "";

    TunnelEnableCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(TunnelRow tunnel) {}

    @Override
    int run(Session session) throws PortholeException {
        TunnelState before = Tunnels.named(session, which);
        TunnelState now = carried(before) ? before : enabled(session, before);
        TunnelRow row = TunnelRow.of(now);
        answer(new Document(row), List.of(row.id()), terminal -> {
            terminal.say(carried(before) ? "It is on." : "Turned on; its connector takes it up.");
            row.printTo(terminal);
        });
        return FINE;
    }

    private static TunnelState enabled(Session session, TunnelState before) throws PortholeException {
        try {
            return session.porthole().enableElsewhere(before.tunnel().id());
        } catch (PortholeException refused) {
            if (refused.kind() != Kind.FAILED) {
                throw refused;
            }
            throw new PortholeException(
                    Kind.FAILED,
                    refused.getMessage() + " Run: porthole tunnel listen --endpoint "
                            + before.tunnel().endpoint(),
                    refused);
        }
    }

    /** On, and an edge has a session for it. */
    private static boolean carried(TunnelState state) {
        return state.tunnel().enabled()
                && state.tunnel()
                        .condition(Condition.Type.Programmed)
                        .filter(Condition::holds)
                        .isPresent();
    }
}
