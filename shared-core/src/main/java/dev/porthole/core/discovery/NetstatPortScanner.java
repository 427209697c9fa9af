package dev.porthole.core.discovery;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Windows: {@code netstat -ano} for ports and process ids, {@code tasklist} for names. */
final class NetstatPortScanner implements PortScanner {
    // Headings and states are translated on a localised Windows; a listener is known by its foreign port 0.
    private static final Pattern ROW =
            Pattern.compile("\\s*TCP\\s+(\\S+)\\s+(\\S+:0)\\s+\\S+\\s+([0-9]+)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern TASK = Pattern.compile("\"([^\"]*)\",\"([0-9]+)\",.*");

    @Override
    public List<ListeningPort> look() throws IOException, InterruptedException {
        Map<Integer, Long> pids = listening(Commands.output(List.of("netstat", "-ano", "-p", "TCP")));
        Map<Long, String> names = names(Commands.output(List.of("tasklist", "/fo", "csv", "/nh")));
        Map<Integer, ListeningPort> ports = new TreeMap<>();
        pids.forEach((port, pid) -> ports.put(port, program(port, pid, names).describe()));
        return List.copyOf(ports.values());
    }

    /** The process id by listening port. */
    static Map<Integer, Long> listening(String output) {
        Map<Integer, Long> pids = new TreeMap<>();
        output.lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                int port = PortText.afterLastColon(row.group(1));
                if (port > 0) {
                    pids.putIfAbsent(port, Long.valueOf(row.group(3)));
                }
            }
        });
        return pids;
    }

    /** A program's name by process id, without {@code .exe}. */
    static Map<Long, String> names(String output) {
        Map<Long, String> names = new HashMap<>();
        output.lines().forEach(line -> {
            Matcher task = TASK.matcher(line.strip());
            if (task.matches()) {
                String image = task.group(1);
                boolean executable = image.toLowerCase(Locale.ROOT).endsWith(".exe");
                names.put(
                        Long.valueOf(task.group(2)),
                        executable ? image.substring(0, image.length() - ".exe".length()) : image);
            }
        });
        return names;
    }

    private static ListeningProgram program(int port, long pid, Map<Long, String> names) {
        ProcessHandle.Info info = ProcessHandle.of(pid).map(ProcessHandle::info).orElse(null);
        return new ListeningProgram(
                port,
                pid,
                names.getOrDefault(pid, ""),
                info == null ? "" : info.commandLine().or(info::command).orElse(""),
                null,
                info == null ? null : info.startInstant().orElse(null));
    }
}
