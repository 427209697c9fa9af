package dev.porthole.server.edge;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Someone else's program that is run in a test: its output is read line by line, and closing ends it. */
final class Program implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private Program(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.ISO_8859_1);
    }

    /** Starts it; standard error comes with standard output. */
    static Program start(Path folder, List<String> command) throws IOException {
        return new Program(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start());
    }

    /** Runs it to its end and gives all that it said; any exit code but 0 is an error. */
    static String run(Path folder, String... command) throws IOException, InterruptedException {
        try (Program program = start(folder, List.of(command))) {
            String said = program.rest();
            if (program.exitCode() != 0) {
                throw new AssertionError(
                        String.join(" ", command) + " ended with " + program.exitCode() + ":\n" + said);
            }
            return said;
        }
    }

    void say(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    }

    /** The next line; fails at the end. */
    String line() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the program ended");
        }
        return line;
    }

    String rest() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            all.append(line).append('\n');
        }
        return all.toString();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the program did not end");
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
