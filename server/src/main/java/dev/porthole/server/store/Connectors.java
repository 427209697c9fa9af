package dev.porthole.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Connectors and the leases of their running agents. */
public interface Connectors {
    void insert(Handle handle, StoredConnector connector);

    void rename(Handle handle, String id, String name);

    void delete(Handle handle, String id);

    Optional<StoredConnector> find(Handle handle, String id);

    Optional<StoredConnector> findIn(Handle handle, String project, String id);

    Optional<StoredConnector> findByDevice(Handle handle, String project, String device);

    List<StoredConnector> list(Handle handle, String project, Slice slice);

    long count(Handle handle, String project);

    /** Adds or prolongs a lease, and marks the connector as seen. */
    void beat(Handle handle, InstanceLease lease, Instant now);

    /** Ends a lease; false if there was none. */
    boolean endLease(Handle handle, String connector, String instance);

    List<InstanceLease> leases(Handle handle, String connector);

    List<InstanceLease> allLeases(Handle handle);
}
