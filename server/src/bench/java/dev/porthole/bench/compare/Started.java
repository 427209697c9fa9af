package dev.porthole.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that runs until it is closed; what it prints is in a file of its folder. */
final class Started implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private Started(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a program. */
    static Started of(Path folder, String name, Map<String, String> environment, List<String> command)
            throws IOException {
        Files.createDirectories(folder);
        Path output = folder.resolve(name + ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        // Debian keeps daemons there, and not everyone's PATH has it.
        builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
        Process process = builder.start();
        // Whatever goes wrong before it is closed: nothing that a benchmark started outlives it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Started(process, output);
    }

    /** Starts a program and waits until it listens. */
    static Started until(int port, Path folder, String... command) throws IOException {
        Started started = of(folder, Path.of(command[0]).getFileName().toString(), Map.of(), found(command));
        started.await("listens on port " + port, () -> Ports.isOpen(port));
        return started;
    }

    private static List<String> found(String... command) {
        String program = command[0];
        if (!program.contains("/") && Files.isExecutable(Path.of("/usr/sbin", program))) {
            command[0] = "/usr/sbin/" + program;
        }
        return List.of(command);
    }

    /** Waits for a line of its output and gives the pattern's first group. */
    String awaitLine(String pattern) throws IOException {
        Pattern wanted = Pattern.compile(pattern);
        String[] group = new String[1];
        await("prints " + pattern, () -> {
            Matcher matcher = wanted.matcher(read());
            if (matcher.find()) {
                group[0] = matcher.group(1);
            }
            return group[0] != null;
        });
        return group[0];
    }

    private String read() {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private void await(String what, java.util.function.BooleanSupplier fact) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!fact.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(process.info().commandLine().orElse("a program") + " (expected: one that " + what
                        + "); it printed:\n" + read());
            }
            try {
                if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                    continue;
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", stopped);
            }
        }
    }

    /** Waits for its end, which must be a good one. */
    void awaitSuccess() throws IOException {
        awaitEnd();
        if (process.isAlive() || process.exitValue() != 0) {
            throw new IOException("exit code of a program (expected: 0); it printed:\n" + read());
        }
    }

    /** It and all that it started. */
    List<Long> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
