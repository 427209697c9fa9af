package dev.porthole.core;

import dev.porthole.core.api.ConnectorConnection;
import java.util.List;
import java.util.Map;

/**
 * The connectors of the active project. What was read of them is to be read again when {@link Porthole#news} changes.
 * Threads and errors are those of {@link Porthole}.
 */
public interface ProjectConnectors {
    /** All of them, this device's first, then by name. */
    List<ConnectorInfo> list() throws PortholeException;

    /** What they are called, by id. Cheaper than {@link #list}. */
    Map<String, String> names() throws PortholeException;

    /** Makes an external one; the answer is the only one that has its credential. */
    ConnectorConnection create(String name) throws PortholeException;

    /** How an external one's agent connects, without the credential. */
    ConnectorConnection connection(String connectorId) throws PortholeException;

    /** Gives an external one a fresh credential; the one before and its sessions end at once. */
    ConnectorConnection rotate(String connectorId) throws PortholeException;

    /** Removes one and ends its sessions; its tunnels stay, and are carried by nobody. */
    void delete(String connectorId) throws PortholeException;
}
