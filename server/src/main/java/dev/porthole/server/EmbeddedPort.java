package dev.porthole.server;

import dev.porthole.server.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
                    throw new StoreException("port " + port + " is taken by " + holder(port) + "; stop it, or delete "
                            + file + " to take another port (addresses change then)");
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

    /** Who listens there, from Linux' {@code /proc}; other systems don't tell without a tool. */
    private static String holder(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(table -> inode(Path.of(table), port))
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(EmbeddedPort::process)
                .orElse("another program");
    }

    /** The inode of the socket that listens on a port (state 0A in the fourth column, the port in hexadecimal). */
    private static Optional<String> inode(Path table, int port) {
        try {
            String suffix = ":%04X".formatted(port);
            return Files.readAllLines(table).stream()
                    .map(line -> List.of(line.strip().split("\\s+")))
                    .filter(columns -> columns.size() > 9
                            && columns.get(1).endsWith(suffix)
                            && columns.get(3).equals("0A"))
                    .map(columns -> columns.get(9))
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    private static Optional<String> process(String inode) {
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process, "socket:[" + inode + "]"))
                .map(process -> name(process) + " (pid " + process.pid() + ")")
                .findFirst();
    }

    private static boolean holds(ProcessHandle process, String socket) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return files.anyMatch(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().equals(socket);
                } catch (IOException closedMeanwhile) {
                    return false;
                }
            });
        } catch (IOException othersProcess) {
            return false;
        }
    }

    private static String name(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/comm")).strip();
        } catch (IOException gone) {
            return "a program";
        }
    }
}
