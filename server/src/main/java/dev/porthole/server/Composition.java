package dev.porthole.server;

import dev.porthole.server.config.LimitSettings;
import dev.porthole.server.config.SignInSettings;
import dev.porthole.server.edge.EdgeSettings;
import dev.porthole.server.edge.TrustedProxies;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionEvents;
import dev.porthole.server.store.SecretBox;
import dev.porthole.server.store.Store;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the two sides that the control plane stands between are made. */
public interface Composition {
    /**
     * What the edge needs to know.
     *
     * @param ownHosts host names, without ports, whose requests go to the control plane
     * @param controlPlane its listener on loopback
     * @param secret what that listener wants to see
     * @param trustedProxies whose word about visitors is believed
     * @param limits what visitors, tunnels and agents may take
     * @param tls null for plain HTTP
     * @param portIdle how long a connection to a TCP tunnel may rest
     */
    record EdgeNeeds(
            InetSocketAddress bind,
            Set<String> ownHosts,
            String tunnelDomain,
            InetSocketAddress controlPlane,
            String secret,
            TrustedProxies trustedProxies,
            LimitSettings limits,
            EdgeSettings.@Nullable Tls tls,
            Duration portIdle) {}

    /**
     * What the identity provider needs to know.
     *
     * @param issuer where the API is
     * @param pages where browsers see its pages
     * @param signIn how people sign in
     * @param signedIn wants each sign-in's user id
     * @param ended wants each ended credential's id
     */
    record IdentityNeeds(
            Store store,
            SecretBox secrets,
            URI issuer,
            URI pages,
            SignInSettings signIn,
            InstantSource clock,
            Consumer<String> signedIn,
            Consumer<String> ended) {}

    /** Opens the public port. */
    PublicSide edge(EdgeNeeds needs, RouteTable routes, SessionAuthority authority, SessionEvents events);

    /** Makes the identity provider. */
    IdentitySide identity(IdentityNeeds needs);
}
