package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A command that opens the core, does one thing and ends with an exit code. */
abstract class Command implements Callable<Integer> {
    static final int FINE = 0;

    final Surroundings surroundings;
    final CommonOptions options;

    Command(Surroundings surroundings, CommonOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public final Integer call() throws PortholeException {
        check();
        try (Session session = open()) {
            return run(session);
        }
    }

    /** Refuses what can't be before anything is opened, with the exceptions of the parsers. */
    void check() throws PortholeException {}

    /** Opens the core. */
    Session open() throws PortholeException {
        return Session.open(surroundings, options);
    }

    /** Does it; returns the exit code. */
    abstract int run(Session session) throws PortholeException;

    final Terminal terminal() {
        return options.heard(surroundings.terminal());
    }

    /** Gives the one answer in the form that was asked for: a document, what scripts want of it, or what people do. */
    final void answer(Object document, List<String> data, Consumer<? super Terminal> forPeople) {
        if (options.json()) {
            terminal().print(Json.of(document));
        } else if (options.quiet()) {
            data.stream().map(Printable::of).forEach(terminal()::print);
        } else {
            forPeople.accept(terminal());
        }
    }
}
