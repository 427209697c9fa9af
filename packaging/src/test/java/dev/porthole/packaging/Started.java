package dev.porthole.packaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process whose lines are read while it runs; closing kills it. */
final class Started implements AutoCloseable {
    static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Lines out;
    private final Lines err;

    private Started(Process process) {
        this.process = process;
        this.out = new Lines(process.inputReader(StandardCharsets.UTF_8));
        this.err = new Lines(process.errorReader(StandardCharsets.UTF_8));
    }

    /** Starts a command; a variable with an empty value is removed. */
    static Started command(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        process.getOutputStream().close();
        return new Started(process);
    }

    /** Waits for its end and gives the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; it said:\n" + out.all() + err.all());
        }
        return process.exitValue();
    }

    /** SIGTERM on systems that have it. Process.destroy would close the streams too, and lose the last words. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGKILL, and waits for the end. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    /** The program's own id: launchers become their program. */
    long pid() {
        return process.pid();
    }

    /** Waits for a line of standard output that starts so. */
    String awaitOut(String start) throws InterruptedException {
        return out.await(start, err);
    }

    String out() throws InterruptedException {
        return out.whole();
    }

    String err() throws InterruptedException {
        return err.whole();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static final class Lines {
        private final BlockingQueue<Optional<String>> arriving = new LinkedBlockingQueue<>();
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final Thread reader;

        Lines(BufferedReader stream) {
            reader = Thread.ofVirtual().start(() -> {
                stream.lines().forEach(line -> {
                    seen.add(line);
                    arriving.add(Optional.of(line));
                });
                arriving.add(Optional.empty());
            });
        }

        String await(String start, Lines other) throws InterruptedException {
            while (true) {
                Optional<String> line = arriving.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (line == null || line.isEmpty()) {
                    throw new AssertionError((line == null ? "still no" : "ended without a")
                            + " line that starts with '" + start + "'; it said:\n" + all() + "\n" + other.all());
                }
                if (line.get().startsWith(start)) {
                    return line.get();
                }
            }
        }

        String whole() throws InterruptedException {
            reader.join(java.time.Duration.ofSeconds(PATIENCE_SECONDS));
            return all();
        }

        String all() {
            return seen.stream().collect(Collectors.joining("\n"));
        }
    }
}
