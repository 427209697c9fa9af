package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.Shareable;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.TunnelUpdate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "update",
        description = {
            "Changes a tunnel, also while it runs; it keeps its id and its address.",
            "An endpoint that another tunnel of the project has is refused."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole tunnel update web-shop --endpoint localhost:4000",
            "  porthole tunnel update web-shop --label \"Shop, staging\" --expires never"
        })
final class TunnelUpdateCommand extends Command {
    @Parameters(paramLabel = "TUNNEL", completionCandidates = Candidates.OfTunnels.class, description = Tunnels.WHICH)
    private String which = "";

    @Option(names = "--label", paramLabel = "TEXT", description = "What the tunnel is called in lists.")
    private @Nullable String label;

    @Option(
            names = "--endpoint",
            paramLabel = "ENDPOINT",
            description = "What it leads to from now on, such as localhost:4000 or ./site.")
    private @Nullable String endpoint;

    @Option(
            names = "--host-header",
            paramLabel = "WHICH",
            converter = HostHeaderOption.class,
            description = HostHeaderOption.DESCRIPTION)
    private @Nullable HostHeader hostHeader;

    @Mixin
    private ExpiryOption expiry = new ExpiryOption();

    TunnelUpdateCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(TunnelRow tunnel) {}

    @Override
    void check() throws PortholeException {
        if (endpoint != null) {
            Shareable.parse(endpoint);
        }
        if (label == null && endpoint == null && hostHeader == null && !expiry.given()) {
            throw new PortholeException(
                    Kind.WRONG_USE,
                    "changes: none (expected: at least one of --label, --endpoint, --host-header, --expires)");
        }
    }

    @Override
    int run(Session session) throws PortholeException {
        TunnelState before = Tunnels.named(session, which);
        TunnelRow row = TunnelRow.of(session.porthole().change(before.tunnel().id(), changes()));
        answer(new Document(row), List.of(row.id()), terminal -> {
            terminal.say("Updated.");
            row.printTo(terminal);
        });
        return FINE;
    }

    private TunnelUpdate changes() {
        Endpoint wanted = endpoint == null ? null : Shareable.parse(endpoint);
        Instant ends = expiry.of(InstantSource.system()).orElse(null);
        Boolean keeps = (expiry.given() && ends == null) ? true : null;
        return new TunnelUpdate(label, wanted, null, null, hostHeader, null, null, ends, keeps, null);
    }
}
