package dev.porthole.server.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which program listens on a port, from Linux' {@code /proc}; other systems don't tell without a tool. */
public final class PortHolder {
    private PortHolder() {}

    /** Its name and process id, or {@code another program}. */
    public static String of(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(table -> inode(Path.of(table), port))
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(PortHolder::process)
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
