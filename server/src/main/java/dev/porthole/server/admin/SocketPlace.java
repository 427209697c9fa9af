package dev.porthole.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a data folder's admin socket is: in its {@code admin} folder, of mode 0700, or, because the address of a Unix
 * socket holds 103 bytes on some systems, in a short private folder elsewhere that {@code admin/place} names.
 */
final class SocketPlace {
    private static final int LONGEST = 100;
    private static final String SOCKET = "admin.sock";

    private SocketPlace() {}

    /** A free place for a socket; what an earlier server left there is removed. The caller holds the data folder. */
    static Path make(Path dataFolder) throws IOException {
        Path folder = dataFolder.resolve("admin");
        DataFolder.makePrivate(folder);
        Files.deleteIfExists(note(dataFolder));
        Path socket = folder.resolve(SOCKET);
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            socket = Files.createTempDirectory("porthole").resolve(SOCKET);
            Files.writeString(note(dataFolder), socket.toString());
        }
        Files.deleteIfExists(socket);
        return socket;
    }

    /** Where a running server's socket is. */
    static Path find(Path dataFolder) throws IOException {
        Path note = note(dataFolder);
        return Files.exists(note)
                ? Path.of(Files.readString(note))
                : dataFolder.toAbsolutePath().resolve("admin").resolve(SOCKET);
    }

    /** Removes the socket, and the private folder if there is one. */
    static void remove(Path dataFolder, Path socket) throws IOException {
        Files.deleteIfExists(socket);
        if (Files.deleteIfExists(note(dataFolder)) && socket.getParent() != null) {
            Files.deleteIfExists(socket.getParent());
        }
    }

    private static Path note(Path dataFolder) {
        return dataFolder.resolve("admin").resolve("place");
    }
}
