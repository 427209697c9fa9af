package dev.porthole.server.store;

import dev.porthole.core.api.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** API keys that live. Whether one does is its credential's matter: those that were ended are not found here. */
public interface Keys {
    /**
     * Adds a key whose credential is there.
     *
     * @param hash of its secret
     */
    void insert(Handle handle, ApiKey key, String hash);

    Optional<ApiKey> find(Handle handle, String id);

    Optional<ApiKey> findIn(Handle handle, String project, String id);

    List<ApiKey> list(Handle handle, String project, Slice slice);

    long count(Handle handle, String project);

    /** Those of all projects that end by themselves. */
    List<ApiKey> ending(Handle handle);

    List<ApiKey> ofTunnel(Handle handle, String tunnel);

    /** The keys that a user has in an organization's projects. */
    List<ApiKey> ofUser(Handle handle, String organization, String user);

    /** Says which key took the place of one. */
    void replace(Handle handle, String id, String successor);

    /** Whether another key took the place of this one of a project's. */
    boolean isReplaced(Handle handle, String project, String id);

    /** Takes a tunnel's key along to the tunnel's new project. */
    void move(Handle handle, String id, String project);

    void used(Handle handle, String id, Instant at);
}
