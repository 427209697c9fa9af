package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.User;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "login",
        description = "Signs in with your browser, then asks which project to work in if there are several.")
final class AuthLoginCommand extends Command {
    AuthLoginCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String server, User user, @Nullable Project project) {}

    @Override
    int run(Session session) throws PortholeException {
        SignIn.SignedIn signedIn = session.porthole().signInWithBrowser(server(session), this::open);
        terminal().say("Logged in as " + Printable.of(nameOf(signedIn.user())));
        Project project = session.requireProject();
        if (options.json()) {
            terminal().print(Json.of(new Document(signedIn.server().toString(), signedIn.user(), project)));
        }
        return FINE;
    }

    /** As B-B1 writes it: {@code NAME (MAIL)}, or the name alone. */
    static String nameOf(User user) {
        return user.email() == null ? user.name() : user.name() + " (" + user.email() + ")";
    }

    private String server(Session session) throws PortholeException {
        String given = options.server(surroundings.environment());
        Optional<String> server = given != null
                ? Optional.of(given)
                : session.porthole().config().config().get().server();
        if (server.isEmpty() && terminal().attended()) {
            server = terminal().ask("Server (such as tunnels.example.com):").filter(answer -> !answer.isEmpty());
        }
        return server.orElseThrow(
                () -> new PortholeException(Kind.WRONG_USE, "Which server? Run: porthole auth login --server ADDRESS"));
    }

    private boolean open(URI address) {
        boolean opened = surroundings.browser().open(address);
        terminal()
                .say(
                        opened
                                ? "Waiting for the sign-in in your browser..."
                                : "No browser could be opened. To sign in, open this address on this computer:");
        if (!opened) {
            terminal().say(Printable.of(address.toString()));
        }
        return opened;
    }
}
