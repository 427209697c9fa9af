package dev.porthole.server.store;

import dev.porthole.core.api.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Tunnels. Names are unique across everything, endpoints within a project. */
public interface Tunnels {
    void insert(Handle handle, StoredTunnel tunnel);

    /** Writes all that can change of a tunnel. */
    void update(Handle handle, StoredTunnel tunnel);

    void delete(Handle handle, String id);

    Optional<StoredTunnel> find(Handle handle, String id);

    Optional<StoredTunnel> findIn(Handle handle, String project, String id);

    Optional<StoredTunnel> findByEndpoint(Handle handle, String project, Endpoint endpoint);

    boolean nameTaken(Handle handle, String name);

    List<StoredTunnel> list(Handle handle, String project, Slice slice);

    long count(Handle handle, String project);

    /**
     * How many tunnels a user made that are there still, in whatever project; {@code most} if there are more, which are
     * not looked at.
     */
    long countOfUser(Handle handle, String user, int most);

    /** How many there are, of all projects. */
    long countAll(Handle handle);

    /** The ports that tunnels have, of all projects. */
    Set<Integer> ports(Handle handle);

    /** How many ports a project's tunnels have. */
    long countPorts(Handle handle, String project);

    List<StoredTunnel> all(Handle handle);

    List<StoredTunnel> ofConnector(Handle handle, String connector);
}
