package dev.porthole.server;

import dev.porthole.core.api.Discovery;
import dev.porthole.core.wire.PortholeError;
import dev.porthole.server.admin.AdminSocket;
import dev.porthole.server.admin.DataFolder;
import dev.porthole.server.config.LimitSettings;
import dev.porthole.server.config.QuotaSettings;
import dev.porthole.server.config.ServerSettings;
import dev.porthole.server.control.ControlLimits;
import dev.porthole.server.control.ControlListener;
import dev.porthole.server.control.ControlPlane;
import dev.porthole.server.control.PublicPorts;
import dev.porthole.server.control.SystemScheduler;
import dev.porthole.server.edge.EdgeSettings;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionEvents;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.store.SecretBox;
import dev.porthole.server.store.Store;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole server, put together: folder, database, control plane, identity provider, edge, admin socket. What was
 * opened is closed in the opposite order, also when the start fails half way.
 */
public final class PortholeServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortholeServer.class);
    private static final Duration CLEANING = Duration.ofHours(1);

    private final ServerSettings settings;
    private final boolean embedded;
    private final Composition composition;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final LeaseCount leases;
    private InetSocketAddress address = InetSocketAddress.createUnresolved("localhost", 0);

    private PortholeServer(ServerSettings settings, boolean embedded, Composition composition, LeaseCount leases) {
        this.settings = settings;
        this.embedded = embedded;
        this.composition = composition;
        this.leases = leases;
    }

    /**
     * Starts; the public port answers when this returns.
     *
     * @param embedded whether it takes the port that its folder keeps, instead of the settings'
     * @param leases counts the programs that need an embedded server
     * @throws dev.porthole.server.store.StoreException if the data folder can't be used
     */
    public static PortholeServer start(
            ServerSettings settings, boolean embedded, Composition composition, LeaseCount leases) {
        PortholeServer server = new PortholeServer(settings, embedded, composition, leases);
        try {
            server.open();
            return server;
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    private void open() {
        DataFolder folder = opened(DataFolder.take(settings.dataDir()));
        Store store = opened(Store.open(folder.path(), settings.database()));
        SecretBox secrets = SecretBox.in(folder.path());
        SystemScheduler scheduler = opened(new SystemScheduler());
        ControlListener listener = opened(ControlListener.open());
        RouteTable routes = new RouteTable();
        PublicPorts ports = Addresses.ports(settings, embedded);
        ControlPlane.fill(routes, store, ports);

        // The addresses hold the public port, which is known only when the edge has it: until the control plane is
        // there, it answers 503, and sessions wait at the gate.
        CompletableFuture<ControlPlane> made = new CompletableFuture<>();
        PublicSide edge = opened(composition.edge(
                new Composition.EdgeNeeds(
                        new InetSocketAddress(
                                settings.bind(), embedded ? EmbeddedPort.of(folder.path()) : settings.port()),
                        Addresses.ownHosts(settings.baseUrl()),
                        settings.tunnelDomain(),
                        listener.address(),
                        listener.secret(),
                        settings.trustedProxies(),
                        settings.limits(),
                        tls(folder),
                        settings.ports().idle()),
                routes,
                new LaterAuthority(made),
                new LaterEvents(made)));
        address = edge.address();
        Addresses addresses = Addresses.of(settings, address.getPort());
        IdentitySide identity = composition.identity(new Composition.IdentityNeeds(
                store,
                secrets,
                addresses.issuer(),
                addresses.pages(),
                settings.signIn(),
                scheduler::now,
                user -> made.join().firstProject().signedIn(user),
                credential -> {
                    edge.endSessions(grant -> grant.parent().equals(credential));
                    made.join().credentialEnded(credential);
                }));
        ControlPlane control = new ControlPlane(new ControlPlane.Parts(
                store,
                identity,
                routes,
                edge.prober(),
                edge,
                scheduler,
                addresses.tunnels(),
                ports,
                discovery(addresses, ports),
                addresses.pages(),
                limits()));
        control.start();
        made.complete(control);
        open.push(control::stop);
        listener.serve(control.handler(listener.threads()), identity.pages(control.inProcess()));
        KeyMint keys = new KeyMint(store, identity, control.firstProject());
        opened(AdminSocket.open(
                folder, new RunningServer(identity, keys, store, folder.path(), addresses.issuer(), leases)));
        clean(scheduler, identity, control);
        introduce(addresses, identity);
    }

    private ControlLimits limits() {
        QuotaSettings quota = settings.quota();
        LimitSettings limits = settings.limits();
        return new ControlLimits(
                quota.tunnelsPerProject(),
                quota.tunnelsPerUser(),
                quota.keysPerProject(),
                quota.connectorsPerProject(),
                limits.api().perKey(),
                limits.api().perAddress(),
                address -> limits.shares().notCounted().stream().noneMatch(network -> network.contains(address))
                        && !settings.trustedProxies().trusts(address));
    }

    /** What TLS needs; null without. */
    private EdgeSettings.@Nullable Tls tls(DataFolder folder) {
        if (!settings.tls().isOn()) {
            return null;
        }
        Integer plain = settings.tls().redirectPort();
        URI base = settings.baseUrl();
        int shown = base == null ? 0 : base.getPort() < 0 ? 443 : base.getPort();
        return new EdgeSettings.Tls(
                opened(ServedCertificates.open(settings, folder.path())),
                plain == null ? null : new InetSocketAddress(settings.bind(), plain),
                shown);
    }

    private static Discovery discovery(Addresses addresses, PublicPorts ports) {
        List<String> capabilities = new ArrayList<>(List.of(Discovery.METADATA, Discovery.CONNECTORS, Discovery.QUICK));
        if (ports.any()) {
            capabilities.add(Discovery.PORTS);
        }
        if (ports.any() && ports.networkChoice()) {
            capabilities.add(Discovery.NETWORK);
        }
        return new Discovery(
                "Porthole",
                ServerVersion.current(),
                addresses.issuer().toString(),
                addresses.issuer() + "/api/v1",
                capabilities);
    }

    /** Says where everything is. An embedded server's owner signs in without a code. */
    private void introduce(Addresses addresses, IdentitySide identity) {
        LOG.info(
                "Porthole {}, data in {}",
                ServerVersion.current(),
                settings.database() == null
                        ? settings.dataDir()
                        : settings.database() + ", keys in " + settings.dataDir());
        LOG.info(
                "pages: {}  API: {}/api/v1  tunnels: {}",
                addresses.pages(),
                addresses.issuer(),
                addresses.tunnels().of("<name>"));
        if (!embedded) {
            identity.setupCode()
                    .ifPresent(code -> LOG.info(
                            "no account yet: open {}/setup and enter the one-time code {}", addresses.pages(), code));
        }
    }

    private static void clean(SystemScheduler scheduler, IdentitySide identity, ControlPlane control) {
        scheduler.after(CLEANING, () -> {
            try {
                identity.removeExpired();
                control.removeOldEvents();
            } finally {
                clean(scheduler, identity, control);
            }
        });
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** The public address, with the port that was taken. */
    public InetSocketAddress address() {
        return address;
    }

    /** Stops gracefully: no new work, what runs finishes, then everything is closed. Blocking. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failed) {
                LOG.error("a part did not close", failed);
            }
        }
    }

    /** Lets sessions that come in the first moments wait for the control plane. */
    private record LaterAuthority(CompletableFuture<ControlPlane> control) implements SessionAuthority {
        @Override
        public Optional<SessionGrant> authorize(String connectToken) {
            return control.join().authority().authorize(connectToken);
        }

        @Override
        public List<String> mayCarry(SessionGrant grant, List<String> tunnels) {
            return control.join().authority().mayCarry(grant, tunnels);
        }
    }

    private record LaterEvents(CompletableFuture<ControlPlane> control) implements SessionEvents {
        @Override
        public void opened(SessionGrant grant, String instance, String agentVersion, String remoteAddress) {
            control.join().sessionEvents().opened(grant, instance, agentVersion, remoteAddress);
        }

        @Override
        public void carried(SessionGrant grant, String instance, Collection<String> tunnels) {
            control.join().sessionEvents().carried(grant, instance, tunnels);
        }

        @Override
        public void withdrawn(SessionGrant grant, String instance, Collection<String> tunnels) {
            control.join().sessionEvents().withdrawn(grant, instance, tunnels);
        }

        @Override
        public void closed(SessionGrant grant, String instance, Collection<String> tunnels) {
            control.join().sessionEvents().closed(grant, instance, tunnels);
        }

        @Override
        public void endpointFailed(String tunnel, PortholeError error) {
            control.join().sessionEvents().endpointFailed(tunnel, error);
        }
    }
}
