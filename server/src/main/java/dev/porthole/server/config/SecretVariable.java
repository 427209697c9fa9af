package dev.porthole.server.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A secret of the environment: {@code NAME} has it, or {@code NAME_FILE} names a file that has it, as container
 * platforms hand secrets out. One end of line at the file's end is not part of it.
 */
public final class SecretVariable {
    private static final String OF_FILE = "_FILE";

    private SecretVariable() {}

    /** The variable that names the file. */
    static String ofFile(String name) {
        return name + OF_FILE;
    }

    /**
     * The secret; null if neither variable is set, or something is wrong.
     *
     * @param mistakes what is wrong is added here, without the secret
     */
    public static @Nullable String read(Map<String, String> environment, String name, List<String> mistakes) {
        String value = environment.get(name);
        String file = environment.get(ofFile(name));
        if (value != null && file != null) {
            mistakes.add(ofFile(name) + ": " + name + " is set too (expected: one of the two)");
            return null;
        }
        return file == null ? value : contents(ofFile(name), file, mistakes);
    }

    private static @Nullable String contents(String variable, String file, List<String> mistakes) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", "");
        } catch (MalformedInputException binary) {
            mistakes.add(variable + ": " + file + ": not a text (expected: a file with the value alone)");
        } catch (IOException | InvalidPathException unreadable) {
            mistakes.add(variable + ": " + file + ": can't be read (expected: a file with the value alone)");
        }
        return null;
    }
}
