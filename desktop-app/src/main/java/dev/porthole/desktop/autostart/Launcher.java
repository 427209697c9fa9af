package dev.porthole.desktop.autostart;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The program that started this process, and can start it again. */
final class Launcher {
    private Launcher() {}

    /** An absolute path; empty when it was started by hand, class by class. */
    static Optional<String> find(Map<String, String> properties) {
        // Set by jpackage's launcher, and by our own.
        return Stream.of("jpackage.app-path", "porthole.launcher")
                .map(name -> properties.getOrDefault(name, ""))
                .filter(path -> !path.isBlank() && Path.of(path).isAbsolute())
                .findFirst();
    }
}
