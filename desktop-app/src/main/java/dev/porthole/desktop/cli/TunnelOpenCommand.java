package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.Tunnel;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "open",
        description = "Opens a tunnel's address in the browser, and prints it.",
        footerHeading = "%nExample:%n",
        footer = "  porthole tunnel open web-shop")
final class TunnelOpenCommand extends Command {
    @Parameters(paramLabel = "TUNNEL", completionCandidates = Candidates.OfTunnels.class, description = Tunnels.WHICH)
    private String which = "";

    TunnelOpenCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String id, String url, boolean opened) {}

    @Override
    int run(Session session) throws PortholeException {
        Tunnel tunnel = Tunnels.named(session, which).tunnel();
        boolean opened = surroundings.browser().open(address(tunnel));
        answer(
                new Document(tunnel.id(), tunnel.url(), opened),
                List.of(tunnel.url()),
                terminal -> terminal.print(Printable.of(tunnel.url())));
        if (!opened) {
            throw new PortholeException(Kind.FAILED, "No browser could be opened for " + tunnel.url());
        }
        return FINE;
    }

    /** A server's text is opened only if it is a page's address: the system has programs for other schemes. */
    private static URI address(Tunnel tunnel) throws PortholeException {
        try {
            URI address = new URI(tunnel.url());
            if (address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException broken) {
            throw noPage(tunnel);
        }
        throw noPage(tunnel);
    }

    private static PortholeException noPage(Tunnel tunnel) {
        return new PortholeException(
                Kind.FAILED, "tunnel: " + tunnel.url() + " is no page (expected: an http:// or https:// address)");
    }
}
