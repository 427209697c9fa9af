package dev.porthole.desktop.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One of our programs in a process of its own, with an environment that holds nothing of ours but what is given. */
final class Program implements AutoCloseable {
    /** A line that it wrote, and when it came. */
    record Line(Instant at, String text) {}

    private final Process process;
    private final BlockingQueue<Line> fresh = new LinkedBlockingQueue<>();
    private final List<String> all = new CopyOnWriteArrayList<>();

    private Program(Process process) {
        this.process = process;
        Thread.ofVirtual().name("program-output").start(this::read);
    }

    /** Starts it; what it writes comes as one. */
    static Program start(Class<?> main, Path home, Map<String, String> environment, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(main, arguments)).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PORTHOLE_"));
        builder.environment().put("PORTHOLE_HOME", home.toString());
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    /** What starts one of our programs. */
    static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Sends it a signal by its name, such as STOP. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.add(line);
                fresh.add(new Line(Instant.now(), line));
            }
        } catch (IOException | UncheckedIOException ended) {
            all.add("(" + ended.getMessage() + ")");
        }
    }

    /** Waits for a line that has this in it; those before it are passed over. */
    Line await(String text) throws InterruptedException {
        while (true) {
            Line line = fresh.poll(Visitor.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("nothing says " + text + " in:\n" + output());
            }
            if (line.text().contains(text)) {
                return line;
            }
        }
    }

    String output() {
        return String.join("\n", all);
    }

    /** SIGTERM. Process.destroy would close the streams too, and lose the last words. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(Visitor.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end:\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
