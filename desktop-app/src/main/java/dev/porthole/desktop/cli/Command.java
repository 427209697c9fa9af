package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import java.util.concurrent.Callable;

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
        try (Session session = Session.open(surroundings, options)) {
            return run(session);
        }
    }

    /** Refuses what can't be before anything is opened, with the exceptions of the parsers. */
    void check() {}

    /** Does it; returns the exit code. */
    abstract int run(Session session) throws PortholeException;

    final Terminal terminal() {
        return surroundings.terminal();
    }
}
