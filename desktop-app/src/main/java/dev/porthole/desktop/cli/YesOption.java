package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import picocli.CommandLine.Option;

/** Agreement to what can't be taken back: given beforehand, or asked for where a person sits in front. */
final class YesOption {
    @Option(
            names = {"-y", "--yes"},
            description = "Does it without asking.")
    private boolean yes;

    /** Whether it was given beforehand. */
    boolean given() {
        return yes;
    }

    /**
     * Whether it may be done.
     *
     * @param consequence one sentence: what will happen
     * @throws PortholeException where nobody can be asked
     */
    boolean agreed(Terminal terminal, String consequence) throws PortholeException {
        if (yes) {
            return true;
        }
        if (!terminal.attended()) {
            throw new PortholeException(
                    Kind.WRONG_USE, consequence + " Nobody can be asked here: say --yes if that is wanted.");
        }
        return terminal.agrees(Printable.of(consequence) + " Go on?");
    }
}
