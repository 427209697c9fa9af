package dev.porthole.core;

import dev.porthole.core.agent.ConnectTokenStore;
import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.auth.SecretStore;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One connector's connect token, beside the sign-in's tokens. */
record ConnectTokens(SecretStore secrets, String connector) implements ConnectTokenStore {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectTokens.class);

    @Override
    public Optional<ConnectToken> load() {
        try {
            Optional<String> kept = secrets.read(name());
            return kept.map(json -> ApiJson.LENIENT.readValue(json, ConnectToken.class));
        } catch (IOException | JacksonException unreadable) {
            // Not the message: a parser's may quote what it read.
            LOG.info("the connect token of {} can't be read; a fresh one is fetched", connector);
            return Optional.empty();
        }
    }

    @Override
    public void save(ConnectToken token) {
        try {
            secrets.write(name(), ApiJson.LENIENT.writeValueAsString(token));
        } catch (IOException full) {
            LOG.warn("the connect token of {} can't be kept: {}", connector, full.getMessage());
        }
    }

    @Override
    public void clear() {
        try {
            secrets.delete(name());
        } catch (IOException failed) {
            LOG.warn("the connect token of {} can't be removed: {}", connector, failed.getMessage());
        }
    }

    private String name() {
        return "connect/" + connector;
    }
}
