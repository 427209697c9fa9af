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
            "Turns a tunnel on where another program carries it: the running app of this computer, or the agent of an"
                    + " external connector.",
            "Where neither runs, 'porthole tunnel listen' carries it."
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
            terminal.say(carried(now) ? "It is on." : "Turned on; its agent takes it up.");
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
