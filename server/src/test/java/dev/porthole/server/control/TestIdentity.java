package dev.porthole.server.control;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.Ids;
import dev.porthole.server.identity.ApiKeys;
import dev.porthole.server.identity.ConnectorCredentials;
import dev.porthole.server.identity.Consents;
import dev.porthole.server.identity.Departures;
import dev.porthole.server.identity.Identity;
import dev.porthole.server.identity.OAuthClients;
import dev.porthole.server.identity.OwnAccount;
import dev.porthole.server.identity.People;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.identity.ProjectCredentials;
import dev.porthole.server.identity.PublicAddresses;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.store.SecretBox;
import dev.porthole.server.store.Store;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Knows a fixed credential for each caller, so that the control plane is tested without signing in. */
final class TestIdentity implements IdentityProvider {
    final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private final Map<String, Principal> callers = new ConcurrentHashMap<>();
    private final Map<String, SessionGrant> tokens = new ConcurrentHashMap<>();
    private @Nullable Identity real;

    /** What is not about who calls is the real one's. */
    void open(Store store, Path folder, Scheduler scheduler) {
        URI here = URI.create("http://porthole.localhost:8080");
        real = new Identity(
                store, SecretBox.in(folder), new PublicAddresses(here, here), scheduler::now, user -> {}, ended::add);
    }

    Identity real() {
        return Objects.requireNonNull(real);
    }

    @Override
    public People people() {
        return real().people();
    }

    @Override
    public OwnAccount ownAccount() {
        return real().ownAccount();
    }

    /** External connectors' credentials, by connector. */
    final Map<String, String> secrets = new ConcurrentHashMap<>();

    private @Nullable ProjectCredentials keys;

    /** Also knows the real keys of a database. */
    void know(ProjectCredentials some) {
        keys = some;
    }

    void add(String credential, Principal caller) {
        callers.put(credential, caller);
    }

    @Override
    public Optional<Principal> authenticate(@Nullable String authorizationHeader, @Nullable String apiKeyHeader) {
        String credential = authorizationHeader != null ? authorizationHeader.replace("Bearer ", "") : apiKeyHeader;
        if (credential != null && credential.startsWith(ApiKeys.PREFIX)) {
            return apiKeys().verify(credential).map(Function.identity());
        }
        return Optional.ofNullable(credential).map(callers::get);
    }

    @Override
    public ConnectToken mint(Principal parent, String connector, String project) {
        String token = Ids.next("tok");
        tokens.put(token, new SessionGrant(connector, project, parent.credential()));
        return new ConnectToken(token, connector, Instant.parse("2026-11-23T10:00:00Z"));
    }

    @Override
    public String rotateCredential(Handle handle, String connector, Principal maker) {
        String secret = "phc_" + Ids.next("secret");
        secrets.put(connector, secret);
        return secret;
    }

    @Override
    public Optional<ConnectorCredentials.Known> credentialOf(Handle handle, String connector) {
        return Optional.ofNullable(secrets.get(connector))
                .map(secret -> new ConnectorCredentials.Known(secret.substring(0, 8), null));
    }

    @Override
    public void endCredential(Handle handle, String connector, String because) {
        secrets.remove(connector);
    }

    @Override
    public Optional<SessionGrant> verify(String connectToken) {
        return Optional.ofNullable(tokens.get(connectToken));
    }

    @Override
    public ApiKeys apiKeys() {
        return known().apiKeys();
    }

    @Override
    public Departures departures() {
        return known().departures();
    }

    private ProjectCredentials known() {
        return Objects.requireNonNull(keys, "know() comes first");
    }

    @Override
    public OAuthClients clients() {
        return real().clients();
    }

    @Override
    public Consents consents() {
        return real().consents();
    }
}
