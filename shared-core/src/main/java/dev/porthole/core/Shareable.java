package dev.porthole.core;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.InvalidEndpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What a person names to be shared: an address, or a folder of this computer. Looks at the file system. */
public final class Shareable {
    private Shareable() {}

    /**
     * Reads {@code 3000}, {@code localhost:3000} and whatever else {@link Endpoint#parse} reads, and beside that a
     * folder: {@code ./site}, {@code /home/ada/site}, {@code file:///home/ada/site}. A name that can be both is an
     * address; with {@code ./} in front it is a folder.
     *
     * @throws InvalidEndpointException with one line that says what was given and what was expected
     */
    public static Endpoint parse(String typed) {
        String text = typed.strip();
        if (text.regionMatches(true, 0, "file:", 0, 5)) {
            return folder(Path.of(Endpoint.parse(text).uri()));
        }
        if (looksLikeFolder(text)) {
            return folder(path(text));
        }
        try {
            return Endpoint.parse(text);
        } catch (InvalidEndpointException noAddress) {
            if (!text.isEmpty() && isFolder(text)) {
                return folder(path(text));
            }
            throw noAddress;
        }
    }

    /**
     * A folder as an endpoint, by its real path, so that one folder is one endpoint however it is named.
     *
     * @throws InvalidEndpointException if it is no folder that can be read
     */
    public static Endpoint folder(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (!Files.isDirectory(real) || !Files.isReadable(real)) {
                throw noFolder(folder, null);
            }
            return Endpoint.parse(real.toUri().toString());
        } catch (IOException missing) {
            throw noFolder(folder, missing);
        }
    }

    private static boolean looksLikeFolder(String text) {
        return text.equals(".")
                || text.equals("..")
                || text.startsWith("./")
                || text.startsWith("../")
                || text.startsWith("/")
                || text.startsWith(".\\")
                || text.startsWith("..\\");
    }

    private static boolean isFolder(String text) {
        try {
            return Files.isDirectory(Path.of(text));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException noPath) {
            throw new InvalidEndpointException("folder: " + text + " (expected: a folder that can be read)");
        }
    }

    private static InvalidEndpointException noFolder(
            Path folder, @org.jspecify.annotations.Nullable IOException cause) {
        InvalidEndpointException invalid =
                new InvalidEndpointException("folder: " + folder + " (expected: a folder that can be read)");
        if (cause != null) {
            invalid.initCause(cause);
        }
        return invalid;
    }
}
