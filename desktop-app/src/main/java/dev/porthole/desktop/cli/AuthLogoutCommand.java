package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "logout",
        description = "Signs out: stops what this computer shares and forgets its tokens.")
final class AuthLogoutCommand extends Command {
    @Option(
            names = {"-y", "--yes"},
            description = "Signs out without asking.")
    private boolean yes;

    AuthLogoutCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(boolean signedOut) {}

    @Override
    int run(Session session) throws PortholeException {
        if (session.porthole().signIn().get() instanceof SignIn.SignedOut) {
            terminal().say("Nobody was signed in.");
        } else if (agreed(session)) {
            session.porthole().signOut();
            terminal().say("Signed out.");
        } else {
            terminal().say("Still signed in.");
            return FINE;
        }
        if (options.json()) {
            terminal().print(Json.of(new Document(true)));
        }
        return FINE;
    }

    /** Names what will stop, and lets a person think again; a script has nobody to ask. */
    private boolean agreed(Session session) {
        if (yes || !terminal().attended()) {
            return true;
        }
        List<String> running = RunningHere.labels(session.porthole());
        if (running.isEmpty()) {
            return true;
        }
        terminal().say("Signing out stops:");
        running.forEach(label -> terminal().say("  " + Printable.of(label)));
        return terminal().agrees("Sign out?");
    }
}
