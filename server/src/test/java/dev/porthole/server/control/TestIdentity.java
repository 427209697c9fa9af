package dev.porthole.server.control;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.Ids;
import dev.porthole.server.identity.Consents;
import dev.porthole.server.identity.OAuthClients;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.relay.SessionGrant;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Knows a fixed credential for each caller, so that the control plane is tested without signing in. */
final class TestIdentity implements IdentityProvider {
    private final Map<String, Principal> callers = new ConcurrentHashMap<>();
    private final Map<String, SessionGrant> tokens = new ConcurrentHashMap<>();

    void add(String credential, Principal caller) {
        callers.put(credential, caller);
    }

    @Override
    public Optional<Principal> authenticate(@Nullable String authorizationHeader, @Nullable String apiKeyHeader) {
        String credential = authorizationHeader != null ? authorizationHeader.replace("Bearer ", "") : apiKeyHeader;
        return Optional.ofNullable(credential).map(callers::get);
    }

    @Override
    public ConnectToken mint(Principal parent, String connector, String project) {
        String token = Ids.next("tok");
        tokens.put(token, new SessionGrant(connector, project, parent.credential()));
        return new ConnectToken(token, connector, Instant.parse("2026-11-23T10:00:00Z"));
    }

    @Override
    public Optional<SessionGrant> verify(String connectToken) {
        return Optional.ofNullable(tokens.get(connectToken));
    }

    @Override
    public OAuthClients clients() {
        throw new UnsupportedOperationException("programs of others are tested with the real identity provider");
    }

    @Override
    public Consents consents() {
        throw new UnsupportedOperationException("programs of others are tested with the real identity provider");
    }
}
