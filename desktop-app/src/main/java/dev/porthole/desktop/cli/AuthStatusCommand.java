package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.User;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(name = "status", description = "Shows who is signed in, where, and the project.")
final class AuthStatusCommand extends Command {
    AuthStatusCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}; {@code state} is signed_in, expired or signed_out. */
    record Document(
            String state,
            @Nullable String server,
            @Nullable User user,
            @Nullable Project project,
            @Nullable String tokens) {}

    @Override
    int run(Session session) {
        Optional<Project> project = session.porthole().activeProject().get();
        Document status = switch (session.porthole().signIn().get()) {
            case SignIn.SignedIn in ->
                new Document("signed_in", in.server().toString(), in.user(), project.orElse(null), in.tokenStore());
            case SignIn.Expired expired ->
                new Document("expired", expired.server().toString(), expired.user(), project.orElse(null), null);
            case SignIn.SigningIn _, SignIn.SignedOut _ -> new Document("signed_out", null, null, null, null);
        };
        if (options.json()) {
            terminal().print(Json.of(status));
        } else {
            show(status);
        }
        return status.state().equals("signed_in") ? FINE : Kind.NOT_SIGNED_IN.exitCode();
    }

    private void show(Document status) {
        if (status.user() == null) {
            terminal().say("Not signed in. Run: porthole auth login");
            return;
        }
        line("server", String.valueOf(status.server()));
        line("user", AuthLoginCommand.nameOf(status.user()));
        Project project = status.project();
        line("organization", project == null ? "-" : project.organization().name());
        line("project", project == null ? "-" : project.name() + " (" + project.id() + ")");
        if (status.tokens() != null) {
            line("tokens", status.tokens());
        }
        if (status.state().equals("expired")) {
            terminal().say("The sign-in has ended. Run: porthole auth login");
        }
    }

    private void line(String what, String text) {
        terminal().print(String.format("%-13s %s", what + ":", Printable.of(text)));
    }
}
