package dev.porthole.server;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.server.admin.AdminCommands.RefusedException;
import dev.porthole.server.edge.Edge;
import dev.porthole.server.edge.EdgeSettings;
import dev.porthole.server.edge.RouteTable;
import dev.porthole.server.identity.Identity;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.identity.PublicAddresses;
import dev.porthole.server.relay.Prober;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionEvents;
import dev.porthole.server.relay.SessionGrant;
import io.undertow.server.HttpHandler;
import io.undertow.server.RoutingHandler;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The server's real edge and identity provider, as {@link Main} and the tests of the whole put them together. */
public final class ServerComposition implements Composition {
    @Override
    public PublicSide edge(EdgeNeeds needs, RouteTable routes, SessionAuthority authority, SessionEvents events) {
        EdgeSettings settings = new EdgeSettings(
                needs.bind(), needs.ownHosts(), needs.tunnelDomain(), needs.controlPlane(), needs.secret());
        return new NettyEdge(Edge.start(settings, routes, authority, events));
    }

    @Override
    public IdentitySide identity(IdentityNeeds needs) {
        return new OwnIdentity(new Identity(
                needs.store(),
                needs.secrets(),
                new PublicAddresses(needs.issuer(), needs.pages()),
                needs.clock(),
                needs.signedIn(),
                needs.ended()::accept));
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
        public HttpHandler pages() {
            RoutingHandler routes = new RoutingHandler();
            identity.mount(routes);
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
        public String ownerCode(String challenge, String redirect) throws RefusedException {
            try {
                return identity.ownerCodes().issue(challenge, redirect);
            } catch (IllegalArgumentException refused) {
                throw new RefusedException(String.valueOf(refused.getMessage()));
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
