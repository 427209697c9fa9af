package dev.porthole.core.discovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** macOS and the BSDs: {@code lsof} in its form for programs (lsof(8), "OUTPUT FOR OTHER PROGRAMS"). */
final class LsofPortScanner implements PortScanner {
    @Override
    public List<ListeningPort> look() throws IOException, InterruptedException {
        List<Socket> sockets = sockets(Commands.output(List.of("lsof", "-nP", "-iTCP", "-sTCP:LISTEN", "-F", "pcn")));
        if (sockets.isEmpty()) {
            return List.of();
        }
        Set<String> pids = sockets.stream()
                .map(socket -> Long.toString(socket.pid()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<Long, Path> folders = folders(
                Commands.output(List.of("lsof", "-nP", "-a", "-d", "cwd", "-p", String.join(",", pids), "-F", "pn")));
        Map<Integer, ListeningPort> ports = new TreeMap<>();
        for (Socket socket : sockets) {
            ports.computeIfAbsent(
                    socket.port(),
                    _ -> program(socket, folders.get(socket.pid())).describe());
        }
        return List.copyOf(ports.values());
    }

    /** One listening socket. */
    record Socket(long pid, String process, int port) {}

    /** The sockets: {@code p} begins a process, {@code c} names it, each {@code n} is {@code *:3000} or the like. */
    static List<Socket> sockets(String output) {
        Set<Socket> sockets = new LinkedHashSet<>();
        long pid = 0;
        String process = "";
        for (String line : output.lines().toList()) {
            if (line.isEmpty()) {
                continue;
            }
            String value = line.substring(1);
            switch (line.charAt(0)) {
                case 'p' -> {
                    pid = Long.parseLong(value);
                    process = "";
                }
                case 'c' -> process = value;
                case 'n' -> {
                    int port = PortText.afterLastColon(value);
                    if (port > 0) {
                        sockets.add(new Socket(pid, process, port));
                    }
                }
                default -> {
                    // Such as f: a descriptor's number.
                }
            }
        }
        return List.copyOf(sockets);
    }

    /** The working folder of each process. */
    static Map<Long, Path> folders(String output) {
        Map<Long, Path> folders = new HashMap<>();
        long pid = 0;
        for (String line : output.lines().toList()) {
            if (line.startsWith("p")) {
                pid = Long.parseLong(line.substring(1));
            } else if (line.startsWith("n/")) {
                folders.put(pid, Path.of(line.substring(1)));
            }
        }
        return folders;
    }

    private static ListeningProgram program(Socket socket, @Nullable Path folder) {
        ProcessHandle.Info info =
                ProcessHandle.of(socket.pid()).map(ProcessHandle::info).orElse(null);
        return new ListeningProgram(
                socket.port(),
                socket.pid(),
                socket.process(),
                info == null ? "" : info.commandLine().orElse(""),
                folder,
                info == null ? null : info.startInstant().orElse(null));
    }
}
