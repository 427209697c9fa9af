package dev.porthole.desktop.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many columns the terminal has: {@code COLUMNS} says so (POSIX.1-2017, XBD chapter 8.3), or {@code stty}, which
 * takes a few milliseconds. Where neither does, lines may be of any length.
 */
record TerminalWidth(Map<String, String> environment) implements IntSupplier {
    /** Anything less is no terminal that people read tables on. */
    private static final int LEAST = 20;

    @Override
    public int getAsInt() {
        return number(environment.get("COLUMNS"))
                .or(TerminalWidth::asStty)
                .map(columns -> Math.max(LEAST, columns))
                .orElse(Integer.MAX_VALUE);
    }

    private static Optional<Integer> asStty() {
        File terminal = new File("/dev/tty");
        if (!terminal.exists()) {
            return Optional.empty();
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(terminal)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                String rowsAndColumns = new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII);
                if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                    return Optional.empty();
                }
                return number(rowsAndColumns.strip().replaceFirst("^.* ", ""));
            } finally {
                stty.destroy();
            }
        } catch (IOException none) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(@Nullable String text) {
        try {
            // A terminal that does not know says 0.
            return Optional.ofNullable(text)
                    .map(String::strip)
                    .map(Integer::parseInt)
                    .filter(columns -> columns > 0);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
