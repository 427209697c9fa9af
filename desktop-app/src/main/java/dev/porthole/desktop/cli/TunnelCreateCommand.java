package dev.porthole.desktop.cli;

import dev.porthole.core.MadeTunnel;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException;
import dev.porthole.core.Shareable;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.TunnelAddress;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "create",
        description = {
            "Makes a tunnel, turned off, without carrying it.",
            "With --connector, it is made for that external connector and turned on there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole tunnel create --endpoint localhost:3000 --name web-shop",
            "  porthole tunnel create --endpoint 10.0.0.5:8080 --connector con_0f3c --expires 7d"
        })
final class TunnelCreateCommand extends Command {
    @Option(
            names = "--endpoint",
            required = true,
            paramLabel = "ENDPOINT",
            description = "What it leads to, such as localhost:3000, https://10.0.0.5:8443 or ./site.")
    private String endpoint = "";

    @Option(names = "--label", paramLabel = "TEXT", description = "What the tunnel is called in lists.")
    private @Nullable String label;

    @Option(names = "--name", paramLabel = "NAME", description = "The name of its address.")
    private @Nullable String name;

    @Option(
            names = "--host-header",
            paramLabel = "WHICH",
            converter = HostHeaderOption.class,
            description = HostHeaderOption.DESCRIPTION)
    private @Nullable HostHeader hostHeader;

    @Option(
            names = "--address",
            paramLabel = "HOW",
            description = "What tells its visitors from others: ${COMPLETION-CANDIDATES}.")
    private @Nullable TunnelAddress address;

    @Mixin
    private ExpiryOption expiry = new ExpiryOption();

    @Option(
            names = "--connector",
            paramLabel = "ID",
            completionCandidates = Candidates.OfConnectors.class,
            description = "The external connector that carries it, as 'porthole connectors list' shows it.")
    private @Nullable String connector;

    TunnelCreateCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}; {@code created} is false for a tunnel that was there before. */
    record Document(boolean created, TunnelRow tunnel) {}

    @Override
    void check() {
        var _ = wanted();
    }

    /** A folder of an external connector's computer is not looked for here. */
    private Endpoint wanted() {
        return connector == null ? Shareable.parse(endpoint) : Endpoint.parse(endpoint);
    }

    @Override
    int run(Session session) throws PortholeException {
        session.requireSignIn();
        session.requireProject();
        ShareRequest request = new ShareRequest(wanted(), label, name, hostHeader, address, null)
                .until(expiry.of(InstantSource.system()).orElse(null));
        MadeTunnel made = session.porthole().create(request, connector);
        TunnelRow row = TunnelRow.of(made.state());
        answer(new Document(made.isNew(), row), List.of(row.id()), terminal -> {
            terminal.say(
                    made.isNew()
                            ? "Created."
                            : "The project has a tunnel for this endpoint, and it is as it was. To change it: porthole"
                                    + " tunnel update " + row.id());
            row.printTo(terminal);
        });
        return FINE;
    }
}
