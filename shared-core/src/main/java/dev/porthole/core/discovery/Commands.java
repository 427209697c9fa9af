package dev.porthole.core.discovery;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of the system's own tools and gives what it prints. */
final class Commands {
    private static final int LIMIT_SECONDS = 5;

    private Commands() {}

    static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        Thread watchdog = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException finished) {
                process.destroyForcibly();
            }
        });
        try {
            // Console tools speak the system's own encoding.
            String text = new String(
                    process.getInputStream().readAllBytes(),
                    Charset.forName(System.getProperty("native.encoding", "UTF-8")));
            process.waitFor();
            return text;
        } finally {
            watchdog.interrupt();
        }
    }
}
