package dev.porthole.desktop.autostart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that the session's manager reads: replaced whole or not at all. */
final class OwnFile {
    private OwnFile() {}

    static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("file: " + file + " (expected: a file in a folder)");
        }
        Files.createDirectories(folder);
        dev.porthole.core.config.PrivateFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
