package dev.porthole.desktop.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Where a command reads and writes: data goes to {@code out}, everything for people to {@code err}.
 *
 * @param attended whether a person sits in front: standard input and output are a terminal
 * @param coloured whether escape sequences may be written
 * @param width in columns, asked for when it is needed: lines of tables are no longer
 * @param quiet whether what is said for people is left out; errors and questions are not
 */
record Terminal(
        PrintStream out,
        PrintStream err,
        BufferedReader in,
        boolean attended,
        boolean coloured,
        IntSupplier width,
        boolean quiet) {
    /** One with lines of any length. */
    Terminal(PrintStream out, PrintStream err, BufferedReader in, boolean attended, boolean coloured) {
        this(out, err, in, attended, coloured, () -> Integer.MAX_VALUE, false);
    }

    /** The one of this process. */
    // SystemConsoleNull: true of JDK 22 to 24; since 25 the console is null again where there is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    static Terminal ofThisProcess(Map<String, String> environment) {
        Console console = System.console();
        boolean attended = console != null && console.isTerminal();
        // https://no-color.org: any value that is not empty.
        boolean coloured = attended
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        Charset typed = Charset.forName(System.getProperty("stdin.encoding", "UTF-8"), StandardCharsets.UTF_8);
        return new Terminal(
                System.out,
                System.err,
                new BufferedReader(new InputStreamReader(System.in, typed)),
                attended,
                coloured,
                // A program that reads a pipe gets each cell whole.
                attended ? new TerminalWidth(environment) : () -> Integer.MAX_VALUE,
                false);
    }

    /** The same, which says only what was asked for. */
    Terminal quietly() {
        return new Terminal(out, err, in, attended, coloured, width, true);
    }

    /** One line of data. Text of a server's is to be {@link Printable} already. */
    void print(String line) {
        out.println(line);
        out.flush();
    }

    /** One line for people. */
    void say(String line) {
        if (!quiet) {
            err.println(line);
            err.flush();
        }
    }

    /** Asks and waits for a line; empty at the end of the input. */
    Optional<String> ask(String question) {
        err.print(question + " ");
        err.flush();
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks a question that only a clear yes agrees to. */
    boolean agrees(String question) {
        return ask(question + " [y/N]")
                .filter(answer -> answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"))
                .isPresent();
    }

    /** Whether standard output can write a text; in the locale C it is ASCII. */
    boolean canPrint(String text) {
        return out.charset().newEncoder().canEncode(text);
    }

    /** The text in green, bold or as it is. */
    String good(String text) {
        return styled("32", text);
    }

    String faint(String text) {
        return styled("2", text);
    }

    String bad(String text) {
        return styled("31", text);
    }

    /** In yellow: neither good nor bad. */
    String fair(String text) {
        return styled("33", text);
    }

    private String styled(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
