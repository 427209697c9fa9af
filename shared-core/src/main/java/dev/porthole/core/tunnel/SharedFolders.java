package dev.porthole.core.tunnel;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Problem;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.config.LockFile;
import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code shared-folders.json}: the folders that this computer's user has shared. A tunnel's endpoint comes from a
 * server, and a server must never be able to make an agent share a folder: what is not in here is not served.
 */
final class SharedFolders {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Set<String>> ENDPOINTS = new TypeReference<>() {};

    private final Path file;

    SharedFolders(Path file) {
        this.file = file;
    }

    /** The user shares it; without effect for what is no folder. */
    void allow(Endpoint endpoint) throws IOException {
        if (endpoint.isFolder() && !read().contains(endpoint.toString())) {
            change(folders -> folders.add(endpoint.toString()));
        }
    }

    /** The user shares it no more. */
    void forget(Endpoint endpoint) throws IOException {
        if (endpoint.isFolder() && read().contains(endpoint.toString())) {
            change(folders -> folders.remove(endpoint.toString()));
        }
    }

    /** Refuses a tunnel of a folder that the user has not shared. */
    void require(Tunnel tunnel) throws ProblemException, IOException {
        Endpoint endpoint = tunnel.endpoint();
        if (endpoint.isFolder() && !read().contains(endpoint.toString())) {
            throw new ProblemException(new Problem(
                    "/problems/folder-not-shared",
                    "Nobody on this computer has shared this folder",
                    403,
                    "The folder " + endpoint.shown() + " was not shared from this computer. Share the folder itself to"
                            + " allow it.",
                    "endpoint"));
        }
    }

    /** What can't be understood is nothing. */
    private Set<String> read() throws IOException {
        try {
            return new TreeSet<>(JSON.readValue(Files.readAllBytes(file), ENDPOINTS));
        } catch (NoSuchFileException | JacksonException none) {
            return new TreeSet<>();
        }
    }

    private void change(Consumer<Set<String>> change) throws IOException {
        try (LockFile _ = LockFile.take(file.resolveSibling(file.getFileName() + ".lock"))) {
            Set<String> folders = read();
            change.accept(folders);
            PrivateFiles.replace(file, JSON.writeValueAsBytes(folders));
        }
    }
}
