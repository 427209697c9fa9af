package dev.porthole.desktop.cli;

import dev.porthole.core.KnownSignIn;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "switch",
        description = {
            "Changes over to someone who signed in on this computer before, without a browser.",
            "Says which running tunnels stop, and asks; a running app follows."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  porthole auth switch", "  porthole auth switch ada@example.com --yes"})
final class AuthSwitchCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "WHO",
            description = "Their name, mail address or id, or the server's host; asks without it.")
    private @Nullable String who;

    @Mixin
    private YesOption yes = new YesOption();

    AuthSwitchCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    int run(Session session) throws PortholeException {
        List<KnownSignIn> known = session.porthole().signIns();
        KnownSignIn wanted = who == null ? picked(known) : named(known, who);
        if (!wanted.active()) {
            List<String> running = RunningHere.labels(session.porthole());
            if (!running.isEmpty()
                    && !yes.agreed(
                            terminal(), "These tunnels of this computer stop: " + String.join(", ", running) + ".")) {
                terminal().say("Nothing was changed.");
                return FINE;
            }
            session.porthole().switchSignIn(wanted);
        }
        AuthListCommand.Row row = AuthListCommand.Row.of(
                new KnownSignIn(wanted.server(), wanted.user(), wanted.embedded(), true, wanted.ended()));
        answer(row, List.of(row.user().id()), terminal -> say(session, row, terminal));
        return FINE;
    }

    private static void say(Session session, AuthListCommand.Row row, Terminal terminal) {
        terminal.say("Now " + Printable.of(AuthLoginCommand.nameOf(row.user())) + " at " + Printable.of(row.server()));
        if (session.porthole().signIn().get() instanceof SignIn.Expired) {
            terminal.say("That sign-in has ended. Run: porthole auth login");
        }
    }

    private static KnownSignIn named(List<KnownSignIn> known, String given) throws PortholeException {
        List<KnownSignIn> found = known.stream()
                .filter(one -> one.user().id().equals(given)
                        || one.user().name().equalsIgnoreCase(given)
                        || given.equalsIgnoreCase(one.user().email())
                        || given.toLowerCase(Locale.ROOT).equals(one.server().getHost())
                        || one.server().equals(uri(given)))
                .toList();
        if (found.size() > 1) {
            throw new PortholeException(
                    Kind.WRONG_USE,
                    "sign-in: " + given + " (expected: the id of one; " + found.size() + " are called so)");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new PortholeException(
                        Kind.NOT_FOUND,
                        "sign-in: " + given + " (expected: one that 'porthole auth list' shows). To sign in anew:"
                                + " porthole auth login"));
    }

    private static @Nullable URI uri(String given) {
        return given.contains("://") ? URI.create(given.replaceFirst("/$", "")) : null;
    }

    private KnownSignIn picked(List<KnownSignIn> known) throws PortholeException {
        if (known.isEmpty()) {
            throw new PortholeException(Kind.NOT_SIGNED_IN, "Nobody is signed in. Run: porthole auth login");
        }
        if (!terminal().attended()) {
            throw new PortholeException(
                    Kind.WRONG_USE, "sign-in: none (expected: one that 'porthole auth list' shows)");
        }
        for (int i = 0; i < known.size(); i++) {
            KnownSignIn one = known.get(i);
            terminal()
                    .say("[" + (i + 1) + "] " + (one.active() ? "* " : "  ")
                            + Printable.of(AuthLoginCommand.nameOf(one.user()) + " at " + one.server()));
        }
        Optional<String> answer = terminal().ask("Enter number [1-" + known.size() + "]:");
        try {
            int number = Integer.parseInt(answer.orElse(""));
            if (number >= 1 && number <= known.size()) {
                return known.get(number - 1);
            }
        } catch (NumberFormatException none) {
            throw wrong(known, answer, none);
        }
        throw wrong(known, answer, null);
    }

    private static PortholeException wrong(
            List<KnownSignIn> known, Optional<String> answer, @Nullable Throwable cause) {
        return new PortholeException(
                Kind.WRONG_USE, answer.orElse("nothing") + " (expected: a number of 1-" + known.size() + ")", cause);
    }
}
