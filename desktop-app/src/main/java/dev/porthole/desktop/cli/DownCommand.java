package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.declared.Declaration;
import dev.porthole.core.declared.DeclaredTunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "down",
        description = {
            "Turns the tunnels that porthole.yml declares off, whoever carries them, and keeps them.",
            "With --delete they are deleted and give up their names."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  porthole down", "  porthole down --delete --yes"})
final class DownCommand extends Command {
    @Mixin
    private DeclarationOption file = new DeclarationOption();

    @Option(names = "--delete", description = "Deletes the tunnels. Others may take their addresses then.")
    private boolean delete;

    @Mixin
    private YesOption yes = new YesOption();

    private @Nullable Declaration declaration;

    DownCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String project, List<Row> tunnels) {}

    /**
     * What became of one declared tunnel.
     *
     * @param result off, was_off, deleted, none (there is no such tunnel) or failed
     * @param message why it failed; empty otherwise
     */
    record Row(String tunnel, String endpoint, @Nullable String id, String result, String message) {}

    @Override
    void check() throws PortholeException {
        declaration = DeclarationOption.read(file.path(), terminal());
    }

    @Override
    Session open() throws PortholeException {
        return Session.open(surroundings, options, declared().project());
    }

    @Override
    int run(Session session) throws PortholeException {
        DeclarationOption.requireServer(declared(), session.requireSignIn());
        Project project = session.requireProject();
        List<Tunnel> there = session.porthole().listTunnels().stream()
                .map(TunnelState::tunnel)
                .toList();
        if (delete && !agreed(there)) {
            terminal().say("Nothing was deleted.");
            return FINE;
        }
        List<Row> rows = new ArrayList<>();
        for (DeclaredTunnel one : declared().tunnels()) {
            rows.add(end(session, one, there));
        }
        if (options.json()) {
            terminal().print(Json.of(new Document(project.id(), rows)));
        } else {
            rows.forEach(this::say);
        }
        return rows.stream().anyMatch(row -> row.result().equals("failed")) ? Kind.FAILED.exitCode() : FINE;
    }

    private boolean agreed(List<Tunnel> there) throws PortholeException {
        long number = declared().tunnels().stream()
                .filter(one -> find(one, there) != null)
                .count();
        return number == 0
                || yes.agreed(
                        terminal(),
                        "This deletes " + number + (number == 1 ? " tunnel" : " tunnels")
                                + ", and others may take their addresses then.");
    }

    private Row end(Session session, DeclaredTunnel declared, List<Tunnel> there) {
        Tunnel tunnel = find(declared, there);
        String endpoint = declared.endpoint().toString();
        if (tunnel == null) {
            return new Row(declared.key(), endpoint, null, "none", "");
        }
        try {
            if (delete) {
                session.porthole().delete(tunnel.id());
                return new Row(declared.key(), endpoint, tunnel.id(), "deleted", "");
            }
            if (!tunnel.enabled()) {
                return new Row(declared.key(), endpoint, tunnel.id(), "was_off", "");
            }
            session.porthole().stop(tunnel.id());
            return new Row(declared.key(), endpoint, tunnel.id(), "off", "");
        } catch (PortholeException failed) {
            return new Row(declared.key(), endpoint, tunnel.id(), "failed", String.valueOf(failed.getMessage()));
        }
    }

    private void say(Row row) {
        String text = switch (row.result()) {
            case "off" -> "off; it keeps its address.";
            case "was_off" -> "was off already.";
            case "deleted" -> "deleted.";
            case "none" -> "there is no tunnel of " + row.endpoint() + ".";
            default -> terminal().bad("failed") + ": " + Printable.of(row.message());
        };
        terminal().say(Printable.of(row.tunnel()) + ": " + text);
    }

    private static @Nullable Tunnel find(DeclaredTunnel declared, List<Tunnel> there) {
        return there.stream()
                .filter(tunnel -> tunnel.endpoint().equals(declared.endpoint()))
                .findFirst()
                .orElse(null);
    }

    private Declaration declared() {
        return Objects.requireNonNull(declaration);
    }
}
