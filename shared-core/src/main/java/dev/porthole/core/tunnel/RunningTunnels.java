package dev.porthole.core.tunnel;

import dev.porthole.core.config.LockFile;
import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code running-tunnels.json}: what this device carries, to be carried again after a restart. No secret is in it. */
final class RunningTunnels {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;

    RunningTunnels(Path file) {
        this.file = file;
    }

    /** Where it is, to be watched. */
    Path path() {
        return file;
    }

    /** The ids of the tunnels, by project. What can't be understood is left out, and the rest of the file holds. */
    Map<String, Set<String>> read() throws IOException {
        Map<String, Set<String>> running = new TreeMap<>();
        try {
            JSON.readTree(Files.readAllBytes(file)).forEachEntry((project, tunnels) -> {
                Set<String> ids = new TreeSet<>();
                tunnels.values().stream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::asString)
                        .filter(id -> !id.isBlank())
                        .forEach(ids::add);
                if (!ids.isEmpty()) {
                    running.put(project, ids);
                }
            });
        } catch (NoSuchFileException | JacksonException none) {
            return new TreeMap<>();
        }
        return running;
    }

    void add(String project, String tunnel) throws IOException {
        change(running -> running.computeIfAbsent(project, _ -> new TreeSet<>()).add(tunnel));
    }

    void remove(String project, String tunnel) throws IOException {
        if (read().getOrDefault(project, Set.of()).contains(tunnel)) {
            change(running -> running.computeIfPresent(project, (_, tunnels) -> {
                tunnels.remove(tunnel);
                return tunnels.isEmpty() ? null : tunnels;
            }));
        }
    }

    private void change(Consumer<Map<String, Set<String>>> change) throws IOException {
        try (LockFile _ = LockFile.take(file.resolveSibling(file.getFileName() + ".lock"))) {
            Map<String, Set<String>> running = read();
            change.accept(running);
            PrivateFiles.replace(file, JSON.writeValueAsBytes(running));
        }
    }
}
