package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.ApiKeyRequest;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "create",
        description = {
            "Makes an API key and prints it once, alone on standard output.",
            "Programs use it as PORTHOLE_API_KEY, or as Bearer and x-api-key."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole keys create ci --expires 90d > key",
            "  porthole keys create ci --scope tunnels:read --tunnel tun_0f3c"
        })
final class KeysCreateCommand extends Command {
    @Parameters(paramLabel = "NAME", description = "What it is called, such as what uses it.")
    private String name = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What it may do, such as tunnels:read; repeatable. Without it: what running tunnels takes.")
    private @Nullable List<String> scopes;

    @Option(
            names = "--tunnel",
            paramLabel = "TUNNEL",
            completionCandidates = Candidates.OfTunnels.class,
            description = "The only tunnel that it reaches.")
    private @Nullable String tunnel;

    @Mixin
    private ExpiryOption expiry = new ExpiryOption();

    KeysCreateCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    int run(Session session) throws PortholeException {
        session.requireSignIn();
        session.requireProject();
        String reached =
                tunnel == null ? null : Tunnels.named(session, tunnel).tunnel().id();
        ApiKeyRequest wanted = new ApiKeyRequest(
                name, scopes, reached, expiry.of(InstantSource.system()).orElse(null));
        new KeyReport(session.porthole().keys().create(wanted)).print(this);
        return FINE;
    }
}
