package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.Tunnel;
import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "qr",
        description = "Draws a tunnel's address as a QR code, for a phone's camera.",
        footerHeading = "%nExample:%n",
        footer = "  porthole tunnel qr web-shop")
final class TunnelQrCommand extends Command {
    @Parameters(paramLabel = "TUNNEL", completionCandidates = Candidates.OfTunnels.class, description = Tunnels.WHICH)
    private String which = "";

    TunnelQrCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /**
     * The document of {@code --output json}.
     *
     * @param rows the code's modules without its margin, {@code #} for a dark one
     */
    record Document(String id, String url, List<String> rows) {}

    @Override
    int run(Session session) throws PortholeException {
        Tunnel tunnel = Tunnels.named(session, which).tunnel();
        QrText code = new QrText(QrCode.encodeText(tunnel.url(), QrCode.Ecc.MEDIUM));
        answer(new Document(tunnel.id(), tunnel.url(), code.modules()), List.of(tunnel.url()), terminal -> {
            code.lines(terminal).forEach(terminal::print);
            terminal.say(Printable.of(tunnel.url()));
        });
        return FINE;
    }
}
