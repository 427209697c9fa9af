package dev.porthole.server.control;

import dev.porthole.core.api.Discovery;
import dev.porthole.server.identity.ApiKeys;
import dev.porthole.server.relay.Prober;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionEvents;
import dev.porthole.server.store.Store;
import io.undertow.server.HttpHandler;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Everything behind the API, put together. {@link #start} before the first session is let in; {@link #stop} when the
 * server goes.
 */
public final class ControlPlane {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /** How long a reader of events may be away and still resume; whoever comes later reads everything anew. */
    private static final Duration EVENTS_KEPT = Duration.ofDays(7);
    /** Of one project, however new they are. */
    private static final int MOST_EVENTS_KEPT = 10_000;

    private final Store store;
    private final Scheduler scheduler;
    private final EventStreams streams;
    private final Readiness readiness;
    private final SessionGate gate;
    private final TunnelExpiry expiry;
    private final KeyExpiry keyExpiry;
    private final NetworkWatch network;
    private final FirstProject firstProject;
    private final Router router;
    private final IdentityProvider identity;
    private final ApiRates rates;
    private volatile boolean serving = true;

    /**
     * What it works with.
     *
     * @param routes filled by {@link #fill} before the public listener opens, and kept from then on
     * @param prober sends a request through the public address
     * @param sessions ends live sessions
     * @param pages where browsers see the server's pages
     */
    public record Parts(
            Store store,
            IdentityProvider identity,
            RouteTable routes,
            Prober prober,
            SessionEnder sessions,
            Scheduler scheduler,
            PublicUrls urls,
            PublicPorts ports,
            Discovery discovery,
            URI pages,
            ControlLimits limits) {}

    public ControlPlane(Parts parts) {
        store = parts.store();
        scheduler = parts.scheduler();
        identity = parts.identity();
        streams = new EventStreams(store, scheduler, KEEP_ALIVE);
        Changes changes = new Changes(store, streams);
        Views views = new Views(store, parts.urls(), parts.ports());
        Access access = new Access(store);
        readiness = new Readiness(store, changes, views, parts.prober(), parts.ports(), scheduler);
        gate = new SessionGate(store, identity);
        firstProject = new FirstProject(store, changes, scheduler);
        ConnectorRemoval removal = new ConnectorRemoval(store, changes, views, readiness, parts.sessions(), identity);
        ApiKeys keys = identity.apiKeys();
        TunnelRemoval tunnelRemoval = new TunnelRemoval(store, changes, readiness, parts.routes(), removal, keys);
        ProjectRemoval projectRemoval =
                new ProjectRemoval(store, changes, tunnelRemoval, removal, keys, parts.sessions(), streams);
        keyExpiry = new KeyExpiry(store, keys, changes, scheduler);
        Quotas quotas = new Quotas(store, parts.limits());
        rates = new ApiRates(parts.limits(), scheduler::now);
        network = new NetworkWatch(store, changes, views, parts.ports(), scheduler);
        expiry = new TunnelExpiry(
                store, changes, views, readiness, parts.routes(), parts.ports(), tunnelRemoval, scheduler);
        List<Resource> resources = new ArrayList<>(List.of(
                new ServerResources(parts.discovery(), store, () -> serving),
                new AccountResource(store),
                new ProjectsResource(store, access, changes, projectRemoval, quotas, scheduler),
                new TunnelsResource(
                        store,
                        access,
                        changes,
                        views,
                        readiness,
                        parts.routes(),
                        parts.ports(),
                        quotas,
                        tunnelRemoval,
                        expiry,
                        scheduler),
                new ConnectorsResource(store, access, changes, views, readiness, quotas, removal, scheduler),
                new EventsResource(store, access, streams),
                new ConnectTokensResource(store, access, identity)));
        resources.add(new ExternalConnectorsResource(
                store,
                access,
                changes,
                views,
                quotas,
                identity,
                new ConnectorConnections(views, identity, parts.discovery()),
                scheduler));
        resources.add(new OwnConnectorResource(store, views, streams, scheduler));
        resources.add(new AuditResource(store, access));
        resources.addAll(List.of(
                new OrganizationsResource(store, access, changes, projectRemoval, scheduler),
                new MembersResource(
                        store, access, changes, identity.departures(), parts.sessions(), streams, scheduler),
                new InvitationsResource(store, access, changes, parts.pages(), scheduler),
                new KeysResource(store, access, changes, quotas, keys, keyExpiry, scheduler),
                new TunnelMovesResource(
                        store,
                        access,
                        changes,
                        views,
                        readiness,
                        parts.routes(),
                        parts.ports(),
                        quotas,
                        removal,
                        keys,
                        parts.sessions(),
                        scheduler)));
        resources.add(new OAuthClientsResource(store, access, identity, scheduler));
        resources.add(new OAuthConsentsResource(store, identity, scheduler));
        resources.add(new ServerHealthResource(
                store, access, readiness, scheduler, parts.discovery().version()));
        resources.add(new DataResource(store, access, changes, scheduler));
        resources.add(new SignedInResource(store, identity.ownAccount(), scheduler));
        resources.add(new SecondFactorResource(store, identity.ownAccount(), scheduler));
        resources.add(new UsersResource(
                store,
                access,
                identity.people(),
                new UserRemoval(store, identity.people(), tunnelRemoval, removal),
                scheduler));
        resources.add(new OpenApiResource(resources, parts.discovery().version()));
        router = new Router(resources);
    }

    /** Puts all stored tunnels into the edge's table, before its listener opens. */
    public static void fill(RouteTable routes, Store store, PublicPorts ports) {
        routes.putAll(store.read(handle -> store.tunnels().all(handle)).stream()
                .map(ports::route)
                .toList());
    }

    /** Takes up what lasted over a restart: leases go on, and no session is up yet. */
    public void start() {
        readiness.start();
        network.start();
        expiry.start();
        keyExpiry.start();
    }

    /** Deletes events that nobody resumes from any more. To be called now and then, such as once an hour. */
    public void removeOldEvents() {
        store.writeOnly(
                handle -> store.outbox().removeOld(handle, scheduler.now().minus(EVENTS_KEPT), MOST_EVENTS_KEPT));
    }

    /** Answers {@code /api} and {@code /health}. */
    public HttpHandler handler(Executor threads) {
        return new ApiHandler(router, identity, rates, threads);
    }

    /** The API for the server's own pages. */
    public InProcessApi inProcess() {
        return new InProcessApi(router, rates);
    }

    /** Who may open a session, and what it may carry. */
    public SessionAuthority authority() {
        return gate;
    }

    /** To be told of what sessions do. */
    public SessionEvents sessionEvents() {
        return readiness;
    }

    /** To be told of sign-ins. */
    public FirstProject firstProject() {
        return firstProject;
    }

    /** Ends the event streams of a credential that has ended. */
    public void credentialEnded(String credential) {
        streams.end(credential);
    }

    /** Says that it is not ready any more, and lets go of those who follow events. */
    public void stop() {
        serving = false;
        streams.endAll();
    }

    List<Route> routes() {
        return router.routes();
    }
}
