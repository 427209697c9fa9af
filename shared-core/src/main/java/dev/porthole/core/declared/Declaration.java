package dev.porthole.core.declared;

import dev.porthole.core.api.ServerAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code porthole.yml} says.
 *
 * @param file where it stands; endpoints that are folders are below its folder
 * @param server the server that the tunnels belong to, if it is said
 * @param project the id of the project that they belong to, if it is said
 * @param tunnels in the file's order; at least one; no two with one key, endpoint or name
 */
public record Declaration(
        Path file, @Nullable ServerAddress server, @Nullable String project, List<DeclaredTunnel> tunnels) {
    public Declaration {
        tunnels = List.copyOf(tunnels);
    }

    /** The tunnel of a key. */
    public Optional<DeclaredTunnel> tunnel(String key) {
        return tunnels.stream().filter(tunnel -> tunnel.key().equals(key)).findFirst();
    }
}
