package dev.porthole.bench.compare;

import dev.porthole.core.agent.ConnectTokenStore;
import dev.porthole.core.api.ConnectToken;
import java.util.Optional;

/** Keeps nothing: each agent fetches its connect token. */
final class NoStore implements ConnectTokenStore {
    @Override
    public Optional<ConnectToken> load() {
        return Optional.empty();
    }

    @Override
    public void save(ConnectToken token) {}

    @Override
    public void clear() {}
}
