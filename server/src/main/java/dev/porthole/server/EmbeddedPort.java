package dev.porthole.server;

import dev.porthole.server.control.PortHolder;
import dev.porthole.server.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The port of an embedded server: chosen once and kept, so that addresses stay. */
final class EmbeddedPort {
    private static final int FAVOURITE = 8080;
    private static final String FILE = "port";

    private EmbeddedPort() {}

    /**
     * The folder's port, which is free now.
     *
     * @throws StoreException if another program has it, which is named where the system tells
     */
    static int of(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        try {
            if (Files.exists(file)) {
                int port = Integer.parseInt(Files.readString(file).strip());
                if (!free(port)) {
                    throw new StoreException("port " + port + " is taken by " + PortHolder.of(port)
                            + "; stop it, or delete " + file + " to take another port (addresses change then)");
                }
                return port;
            }
            int port = free(FAVOURITE) ? FAVOURITE : anyFree();
            Path written = Files.writeString(dataFolder.resolve(FILE + ".new"), port + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            return port;
        } catch (NumberFormatException broken) {
            throw new StoreException(file + ": not a port (expected: 1-65535)", broken);
        } catch (IOException failed) {
            throw new StoreException(file + ": can't be read or written: " + failed, failed);
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int anyFree() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
