package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.Tunnel;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "disable",
        description = "Turns a tunnel off, whoever carries it; it keeps its id and its address.",
        footerHeading = "%nExample:%n",
        footer = "  porthole tunnel disable web-shop")
final class TunnelDisableCommand extends Command {
    @Parameters(paramLabel = "TUNNEL", completionCandidates = Candidates.OfTunnels.class, description = Tunnels.WHICH)
    private String which = "";

    TunnelDisableCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String disabled) {}

    @Override
    int run(Session session) throws PortholeException {
        Tunnel tunnel = Tunnels.named(session, which).tunnel();
        session.porthole().stop(tunnel.id());
        answer(
                new Document(tunnel.id()),
                List.of(tunnel.id()),
                terminal -> terminal.say("Off: " + Printable.of(tunnel.label()) + ". It keeps its address."));
        return FINE;
    }
}
