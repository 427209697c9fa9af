package dev.porthole.server;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.server.admin.AdminCommands;
import dev.porthole.server.control.InProcessApi;
import dev.porthole.server.edge.Edge;
import dev.porthole.server.edge.EdgeSettings;
import dev.porthole.server.identity.Identity;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The edge and the identity provider of this house.
 *
 * @param environment may name the first account: {@code PORTHOLE_ADMIN_USER} and {@code PORTHOLE_ADMIN_PASSWORD}
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
        String password = environment.get("PORTHOLE_ADMIN_PASSWORD");
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
        public Optional<SessionGrant> verify(String connectToken) {
            return identity.connectTokens().verify(connectToken);
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
