package dev.porthole.core.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the folder of a program is called by those who work in it. Reads files of it. */
public final class ProjectNames {
    private static final long MAX_BYTES = 256 * 1024;

    /** A file that says a project's name, and how. */
    private record Manifest(String file, Pattern name) {}

    private static final List<Manifest> MANIFESTS = List.of(
            new Manifest("package.json", Pattern.compile("^\\s{0,4}\"name\"\\s*:\\s*\"([^\"]+)\"", Pattern.MULTILINE)),
            new Manifest("pyproject.toml", Pattern.compile("^name\\s*=\\s*[\"']([^\"']+)[\"']", Pattern.MULTILINE)),
            new Manifest("Cargo.toml", Pattern.compile("^name\\s*=\\s*\"([^\"]+)\"", Pattern.MULTILINE)),
            new Manifest("go.mod", Pattern.compile("^module\\s+(?:\\S*/)?([^\\s/]+)", Pattern.MULTILINE)),
            new Manifest("composer.json", Pattern.compile("^\\s{0,4}\"name\"\\s*:\\s*\"([^\"]+)\"", Pattern.MULTILINE)),
            new Manifest("settings.gradle", Pattern.compile("rootProject\\.name\\s*=\\s*[\"']([^\"']+)[\"']")),
            new Manifest("settings.gradle.kts", Pattern.compile("rootProject\\.name\\s*=\\s*\"([^\"]+)\"")));

    // The project's own artifactId, not its parent's.
    private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>\\s*([^<\\s]+)\\s*</artifactId>");

    private ProjectNames() {}

    /** The name in the folder's manifest, else the folder's own; null for folders that name nothing. */
    public static @Nullable String of(Path folder) {
        for (Manifest manifest : MANIFESTS) {
            Matcher name = manifest.name().matcher(text(folder.resolve(manifest.file())));
            if (name.find()) {
                return name.group(1);
            }
        }
        Matcher artifact =
                ARTIFACT.matcher(PARENT.matcher(text(folder.resolve("pom.xml"))).replaceAll(""));
        if (artifact.find()) {
            return artifact.group(1);
        }
        return folderName(folder);
    }

    private static @Nullable String folderName(Path folder) {
        Path name = folder.getFileName();
        boolean home = folder.equals(Path.of(System.getProperty("user.home", "/")));
        // "/", "/srv", "/tmp" and a home say where, not what.
        return name == null || folder.getNameCount() < 2 || home ? null : name.toString();
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
