package dev.porthole.server;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.server.admin.AdminCommands;
import dev.porthole.server.config.SecretVariable;
import dev.porthole.server.control.InProcessApi;
import dev.porthole.server.edge.Edge;
import dev.porthole.server.edge.EdgeSettings;
import dev.porthole.server.identity.ApiKeys;
import dev.porthole.server.identity.ConnectorCredentials;
import dev.porthole.server.identity.Consents;
import dev.porthole.server.identity.Departures;
import dev.porthole.server.identity.Identity;
import dev.porthole.server.identity.OAuthClients;
import dev.porthole.server.identity.OwnAccount;
import dev.porthole.server.identity.People;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.identity.PublicAddresses;
import dev.porthole.server.identity.UnacceptableAccountException;
import dev.porthole.server.pages.Console;
import dev.porthole.server.relay.Prober;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionEvents;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.store.StoreException;
import io.undertow.server.HttpHandler;
import io.undertow.server.RoutingHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The edge and the identity provider of this house.
 *
 * @param environment may name the first account: {@code PORTHOLE_ADMIN_USER} and {@code PORTHOLE_ADMIN_PASSWORD} or
 *     {@code PORTHOLE_ADMIN_PASSWORD_FILE}
 */
public record StandardComposition(Map<String, String> environment) implements Composition {
    @Override
    public PublicSide edge(EdgeNeeds needs, RouteTable routes, SessionAuthority authority, SessionEvents events) {
        return new NettyEdge(Edge.start(
                new EdgeSettings(
                        needs.bind(),
                        needs.ownHosts(),
                        needs.tunnelDomain(),
                        needs.controlPlane(),
                        needs.secret(),
                        needs.trustedProxies(),
                        needs.limits().requests(),
                        needs.limits().times(),
                        needs.limits().shares(),
                        needs.limits().sessions(),
                        new EdgeSettings.PortLimits(needs.portIdle()),
                        needs.tls()),
                routes,
                authority,
                events));
    }

    @Override
    public IdentitySide identity(IdentityNeeds needs) {
        Identity identity = new Identity(
                needs.store(),
                needs.secrets(),
                new PublicAddresses(needs.issuer(), needs.pages()),
                needs.signIn(),
                needs.clock(),
                needs.signedIn(),
                needs.ended()::accept);
        String user = environment.get("PORTHOLE_ADMIN_USER");
        List<String> mistakes = new ArrayList<>();
        String password = SecretVariable.read(environment, "PORTHOLE_ADMIN_PASSWORD", mistakes);
        if (!mistakes.isEmpty()) {
            throw new StoreException(mistakes.getFirst());
        }
        if (user != null && password != null) {
            try {
                identity.accounts().createFirst(user, password);
            } catch (UnacceptableAccountException refused) {
                throw new StoreException(
                        "PORTHOLE_ADMIN_USER and PORTHOLE_ADMIN_PASSWORD: " + refused.getMessage(), refused);
            }
        }
        return new OwnIdentity(identity);
    }

    private record NettyEdge(Edge edge) implements PublicSide {
        @Override
        public InetSocketAddress address() {
            return edge.address();
        }

        @Override
        public Prober prober() {
            return edge.prober();
        }

        @Override
        public void endSessions(Predicate<SessionGrant> which) {
            edge.endSessions(which);
        }

        @Override
        public void close() {
            edge.close();
        }
    }

    private record OwnIdentity(Identity identity) implements IdentitySide {
        @Override
        public Optional<Principal> authenticate(@Nullable String authorizationHeader, @Nullable String apiKeyHeader) {
            return identity.authenticator().authenticate(authorizationHeader, apiKeyHeader);
        }

        @Override
        public ConnectToken mint(Principal parent, String connector, String project) {
            return identity.connectTokens().mint(parent, connector, project);
        }

        @Override
        public String rotateCredential(Handle handle, String connector, Principal maker) {
            return identity.connectorCredentials().rotate(handle, connector, userOf(maker));
        }

        @Override
        public Optional<ConnectorCredentials.Known> credentialOf(Handle handle, String connector) {
            return identity.connectorCredentials().known(handle, connector);
        }

        @Override
        public void endCredential(Handle handle, String connector, String because) {
            identity.connectorCredentials().end(handle, connector, because);
        }

        private static String userOf(Principal maker) {
            return switch (maker) {
                case Principal.UserPrincipal user -> user.userId();
                case Principal.KeyPrincipal key -> key.userId();
                case Principal.ConnectorPrincipal connector ->
                    throw new IllegalArgumentException(connector.connectorId() + ": makes no credentials");
            };
        }

        @Override
        public Optional<SessionGrant> verify(String connectToken) {
            return identity.connectTokens().verify(connectToken);
        }

        @Override
        public ApiKeys apiKeys() {
            return identity.apiKeys();
        }

        @Override
        public Departures departures() {
            return identity.departures();
        }

        @Override
        public OAuthClients clients() {
            return identity.clients();
        }

        @Override
        public Consents consents() {
            return identity.consents();
        }

        @Override
        public People people() {
            return identity.people();
        }

        @Override
        public OwnAccount ownAccount() {
            return identity.ownAccount();
        }

        @Override
        public HttpHandler pages(InProcessApi api) {
            RoutingHandler routes = new RoutingHandler();
            identity.mount(routes);
            new Console(api, identity.visits()).mount(routes);
            return routes;
        }

        @Override
        public Optional<String> setupCode() {
            return identity.setupCode();
        }

        @Override
        public Optional<String> userNamed(String name) {
            return identity.accounts().userNamed(name);
        }

        @Override
        public String ownerCode(String challenge, String redirect) throws AdminCommands.RefusedException {
            try {
                return identity.ownerCodes().issue(challenge, redirect);
            } catch (IllegalArgumentException malformed) {
                throw new AdminCommands.RefusedException(String.valueOf(malformed.getMessage()));
            }
        }

        @Override
        public String mintKey(String user, String project, String name, Set<String> scopes) {
            return identity.apiKeys().mint(user, project, name, scopes, null).secret();
        }

        @Override
        public void removeExpired() {
            identity.removeExpired();
        }
    }
}
