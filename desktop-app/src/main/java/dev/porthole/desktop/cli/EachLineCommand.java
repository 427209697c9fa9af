package dev.porthole.desktop.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Runs the command lines of standard input in this one process, one after the other: what the start-up archive is made
 * of has to have run in one.
 */
@CommandLine.Command(
        name = EachLineCommand.NAME,
        hidden = true,
        description = "Runs each line of standard input as a command.")
final class EachLineCommand implements Callable<Integer> {
    static final String NAME = "__each";

    private final Surroundings surroundings;

    EachLineCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The first exit code that is not 0 ends it. */
    @Override
    public Integer call() throws IOException {
        int code = Command.FINE;
        for (String line = read(); line != null && code == Command.FINE; line = read()) {
            code = new Cli(surroundings).run(line.split(" "));
        }
        return code;
    }

    private @Nullable String read() throws IOException {
        return surroundings.terminal().in().readLine();
    }
}
