package dev.porthole.desktop.cli;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A command as someone types it.
 *
 * @param asksTheServer whether it needs a sign-in, and hears what the server says
 * @param schema of its JSON
 */
record Sample(String line, boolean asksTheServer, String schema) {
    String[] words() {
        return line.split(" ", -1);
    }

    String[] asJson() {
        return Stream.concat(Arrays.stream(words()), Stream.of("--output", "json"))
                .toArray(String[]::new);
    }

    @Override
    public String toString() {
        return line;
    }
}
