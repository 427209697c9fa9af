package dev.porthole.core.agent;

import dev.porthole.core.api.ConnectToken;
import java.util.Optional;

/**
 * Where one connector's connect token is kept between starts. Blocking: called on virtual threads, by one at a time.
 * What it can't read it treats as absent; what it can't write it reports in its own way, and the agent goes on with the
 * token in memory.
 */
public interface ConnectTokenStore {
    /** The token kept last. */
    Optional<ConnectToken> load();

    /** Keeps it instead of the one before. */
    void save(ConnectToken token);

    /** Forgets it. Nothing kept is fine. */
    void clear();
}
