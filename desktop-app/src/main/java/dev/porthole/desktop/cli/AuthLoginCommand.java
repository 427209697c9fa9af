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
    @CommandLine.Option(
            names = "--device",
            description = "Shows an address and a code for the browser of any other device; needs none here.")
    private boolean device;

    AuthLoginCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String server, User user, @Nullable Project project) {}

    @Override
    int run(Session session) throws PortholeException {
        String server = server(session);
        SignIn.SignedIn signedIn = device
                ? session.porthole().signInWithDevice(server, this::show)
                : session.porthole().signInWithBrowser(server, this::open);
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
            terminal().say("Or use the browser of any other device: press Ctrl+C and run porthole auth login --device");
        }
        return opened;
    }

    private void show(String code, URI address, @Nullable URI complete) {
        terminal().say("Open this address in a browser, on any device:");
        terminal().say("  " + terminal().good(Printable.of(address.toString())));
        terminal().say("and enter this code there:");
        terminal().say("  " + terminal().good(Printable.of(code)));
        if (complete != null) {
            terminal().say("Or open: " + Printable.of(complete.toString()));
        }
        terminal().say("Waiting until you have let this device in...");
    }
}
