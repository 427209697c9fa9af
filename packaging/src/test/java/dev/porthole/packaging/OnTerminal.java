package dev.porthole.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A command in front of a person: on a pseudo-terminal, which script(1) of util-linux gives it. */
final class OnTerminal implements AutoCloseable {
    /** What the terminal's driver makes a SIGINT of. */
    static final String CTRL_C = "\u0003";

    private final Process script;
    private final OutputStream keys;
    private final StringBuilder screen = new StringBuilder();
    private final Thread reader;
    private boolean over;

    private OnTerminal(Process script) {
        this.script = script;
        this.keys = script.getOutputStream();
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts a command on a terminal of so many columns; a variable with an empty value is removed. */
    static OnTerminal start(Path folder, Map<String, String> environment, int columns, String... command)
            throws IOException {
        // A build that runs in the background of a shell has SIGINT ignored, and all that it starts after it
        // (POSIX.1-2017,
        // XCU chapter 2.11).
        String line = "stty cols " + columns + " rows 24; exec env --default-signal=INT "
                + Arrays.stream(command)
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(
                        "script", "--quiet", "--return", "--flush", "--command", line, "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("COLUMNS");
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return new OnTerminal(builder.start());
    }

    private void read() {
        try (InputStream in = script.getInputStream()) {
            byte[] some = new byte[4096];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                synchronized (screen) {
                    screen.append(new String(some, 0, count, StandardCharsets.UTF_8));
                    screen.notifyAll();
                }
            }
        } catch (IOException gone) {
            // The terminal has ended with its command.
        }
        synchronized (screen) {
            over = true;
            screen.notifyAll();
        }
    }

    /** Presses keys. */
    void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** Waits until a text was shown. */
    void await(String text) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Started.PATIENCE_SECONDS);
        synchronized (screen) {
            while (screen.indexOf(text) < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0 || over) {
                    throw new AssertionError("never shown: " + text + "; there is:\n" + screen);
                }
                screen.wait(left);
            }
        }
    }

    /** Presses keys again and again until the command ends; gives its exit code. */
    int typeUntilItEnds(String text) throws IOException, InterruptedException {
        for (int times = 0; times < Started.PATIENCE_SECONDS * 10; times++) {
            if (script.waitFor(100, TimeUnit.MILLISECONDS)) {
                return script.exitValue();
            }
            type(text);
        }
        throw new AssertionError("still running; it said:\n" + shown());
    }

    /** Waits for its end and gives the exit code. */
    int exitCode() throws InterruptedException {
        if (!script.waitFor(Started.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; it said:\n" + shown());
        }
        reader.join();
        return script.exitValue();
    }

    /** All that was shown, with its escape sequences. */
    String shown() {
        synchronized (screen) {
            return screen.toString();
        }
    }

    @Override
    public void close() {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
    }
}
