package dev.porthole.desktop.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of the system. */
@FunctionalInterface
public interface Programs {
    /**
     * What a program did.
     *
     * @param exit its exit code
     * @param output what it wrote, without the last line's end
     */
    record Result(int exit, String output) {
        boolean isFine() {
            return exit == 0;
        }
    }

    /**
     * Runs it and waits for its end.
     *
     * @throws IOException if there is no such program, or it does not end within 30 s
     */
    Result run(List<String> command) throws IOException;

    /** The system's. */
    static Programs system() {
        return command -> {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IOException(command.getFirst() + " did not end within 30 s");
                }
            } catch (InterruptedException stopped) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + command.getFirst(), stopped);
            }
            // Managers answer in a few lines: nothing fills the pipe before the end.
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.exitValue(), output.strip());
        };
    }
}
