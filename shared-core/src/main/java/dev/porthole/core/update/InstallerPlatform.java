package dev.porthole.core.update;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What the installers of a kind of computer are called in the feed: system, processor, and the file's suffix. */
public final class InstallerPlatform {
    private InstallerPlatform() {}

    /** This computer's; empty for one that there is no installer for. */
    public static Optional<String> ofThisComputer() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), Files::isExecutable);
    }

    /** @param runs whether there is such a program */
    static Optional<String> of(String osName, String osArch, Predicate<Path> runs) {
        String processor = switch (osArch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch64";
            default -> "";
        };
        String os = osName.toLowerCase(Locale.ROOT);
        if (processor.isEmpty()) {
            return Optional.empty();
        }
        if (os.startsWith("windows")) {
            return Optional.of("windows-" + processor + ".msi");
        }
        if (os.startsWith("mac")) {
            return Optional.of("macos-" + processor + ".dmg");
        }
        if (os.startsWith("linux") && runs.test(Path.of("/usr/bin/dpkg"))) {
            return Optional.of("linux-" + processor + ".deb");
        }
        if (os.startsWith("linux") && runs.test(Path.of("/usr/bin/rpm"))) {
            return Optional.of("linux-" + processor + ".rpm");
        }
        return Optional.empty();
    }
}
