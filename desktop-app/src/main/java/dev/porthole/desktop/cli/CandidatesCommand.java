package dev.porthole.desktop.cli;

import dev.porthole.core.ConnectorInfo;
import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * What the completion scripts ask for: a candidate a line, and after a tab what it is. Says nothing else, asks nothing,
 * and prints nothing where there is nothing to know.
 */
@CommandLine.Command(name = "__candidates", hidden = true, description = "For the completion scripts.")
final class CandidatesCommand extends Command {
    @Parameters(paramLabel = "KIND", description = "tunnels, projects, connectors or keys.")
    private String kind = "";

    CandidatesCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    int run(Session session) {
        Porthole porthole = session.porthole();
        if (porthole.signIn().get() instanceof SignIn.SignedIn) {
            try {
                candidates(porthole)
                        .map(line -> Printable.of(line.word()) + "\t" + Printable.of(line.meaning()))
                        .forEach(terminal()::print);
            } catch (PortholeException silent) {
                // A key that was pressed is no place for errors.
                return FINE;
            }
        }
        return FINE;
    }

    private record Line(String word, String meaning) {}

    private Stream<Line> candidates(Porthole porthole) throws PortholeException {
        if (kind.equals("projects")) {
            return porthole.projects().stream()
                    .map(project ->
                            new Line(project.id(), project.organization().name() + " / " + project.name()));
        }
        if (porthole.confirmProject().isEmpty()) {
            return Stream.empty();
        }
        return switch (kind) {
            case "tunnels" ->
                porthole.listTunnels().stream()
                        .map(TunnelState::tunnel)
                        .map(tunnel -> new Line(tunnel.name(), tunnel.label() + ", " + tunnel.endpoint()));
            case "connectors" ->
                porthole.connectors().list().stream()
                        .map(ConnectorInfo::connector)
                        .map(connector -> new Line(connector.id(), connector.name()));
            case "keys" -> porthole.keys().list().stream().map(key -> new Line(key.id(), key.name()));
            default -> Stream.empty();
        };
    }
}
