package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.declared.Declaration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(
        name = "up",
        description = {
            "Shares the tunnels that porthole.yml declares until Ctrl+C, which turns them off and keeps them.",
            "What is saved in the file meanwhile is applied to just what it changes. porthole init writes such a file."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  porthole up", "  porthole up --file deploy/porthole.yml --output json"})
final class UpCommand extends Command {
    @Mixin
    private DeclarationOption file = new DeclarationOption();

    private @Nullable Declaration declaration;

    UpCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    void check() throws PortholeException {
        declaration = DeclarationOption.read(file.path(), terminal());
    }

    @Override
    Session open() throws PortholeException {
        return Session.openFollowing(surroundings, options, declared().project());
    }

    @Override
    int run(Session session) throws PortholeException {
        Declaration declared = declared();
        // This computer's own server is nobody's that a file could name.
        SignIn.SignedIn signedIn =
                declared.server() == null ? session.requireSignInAnywhere() : session.requireSignIn();
        DeclarationOption.requireServer(declared, signedIn);
        session.requireProject();
        UpReport report = options.json()
                ? UpReport.json(terminal())
                : UpReport.text(terminal(), declared.file().toString());
        return new Up(session, surroundings, report, AgentTime.system(), declared).run();
    }

    private Declaration declared() {
        return Objects.requireNonNull(declaration);
    }
}
