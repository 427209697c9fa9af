package dev.porthole.core.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Linux: {@code /proc/net/tcp} and {@code tcp6} name the listening sockets by inode, {@code /proc/<pid>/fd} says who
 * holds them (proc(5)). Sockets of other users' programs stay without a program.
 *
 * <p>The first costs a fraction of a millisecond and says whether anything came or went; the second walks through every
 * open file of every program, and is done only then. Safe from any thread.
 */
final class ProcPortScanner implements PortScanner {
    /** {@code TCP_LISTEN} of include/net/tcp_states.h. */
    private static final String LISTEN = "0A";

    private static final Pattern SOCKET = Pattern.compile("socket:\\[([0-9]+)]");
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private final Path proc;
    private Map<String, Integer> lastSockets = Map.of();
    private List<ListeningPort> lastPorts = List.of();

    ProcPortScanner(Path proc) {
        this.proc = proc;
    }

    @Override
    public synchronized List<ListeningPort> look() throws IOException {
        Map<String, Integer> portByInode = new HashMap<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            Path file = proc.resolve(table);
            if (Files.exists(file)) {
                portByInode.putAll(listening(Files.readString(file)));
            }
        }
        if (!portByInode.equals(lastSockets)) {
            lastPorts = portsOf(portByInode);
            lastSockets = portByInode;
        }
        return lastPorts;
    }

    private List<ListeningPort> portsOf(Map<String, Integer> portByInode) throws IOException {
        Map<Integer, ListeningPort> ports = new TreeMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                for (int port : portsOf(process, portByInode)) {
                    ports.putIfAbsent(port, program(process, port).describe());
                }
            }
        }
        portByInode
                .values()
                .forEach(port ->
                        ports.computeIfAbsent(port, _ -> new ListeningProgram(port, 0, "", "", null, null).describe()));
        return List.copyOf(ports.values());
    }

    /** The listening ports of a table, by their sockets' inodes. */
    static Map<String, Integer> listening(String table) {
        Map<String, Integer> ports = new HashMap<>();
        table.lines().skip(1).forEach(line -> {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > INODE && fields[STATE].equals(LISTEN)) {
                String address = fields[LOCAL_ADDRESS];
                ports.put(fields[INODE], Integer.parseInt(address.substring(address.indexOf(':') + 1), 16));
            }
        });
        return ports;
    }

    private static List<Integer> portsOf(Path process, Map<String, Integer> portByInode) {
        List<Integer> ports = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                Matcher socket =
                        SOCKET.matcher(Files.readSymbolicLink(descriptor).toString());
                Integer port = socket.matches() ? portByInode.get(socket.group(1)) : null;
                if (port != null) {
                    ports.add(port);
                }
            }
        } catch (IOException notOurs) {
            // Another user's program, or one that just ended.
            return ports;
        }
        return ports;
    }

    private static ListeningProgram program(Path process, int port) {
        long pid = Long.parseLong(process.getFileName().toString());
        return new ListeningProgram(
                port,
                pid,
                text(process.resolve("comm")).strip(),
                text(process.resolve("cmdline")).replace('\0', ' ').strip(),
                folder(process),
                startOf(pid));
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    private static @Nullable Path folder(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd"));
        } catch (IOException notOurs) {
            return null;
        }
    }

    private static @Nullable Instant startOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .orElse(null);
    }
}
