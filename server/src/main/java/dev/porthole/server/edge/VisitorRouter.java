package dev.porthole.server.edge;

import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.server.relay.AgentSession;
import dev.porthole.server.relay.PendingProbes;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.TunnelRoute;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whom a request is for: the server itself, an agent that connects, a tunnel, or nobody. Event loop only. */
final class VisitorRouter implements Routing {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final EdgeSettings settings;
    private final RouteTable routes;
    private final PendingProbes probes;
    private final TunnelExchange.Surroundings surroundings;
    private final ControlPlaneExchange.Upstream controlPlane;
    private final ConnectExchange.Relay relay;
    private final Rates rates;
    private final String tunnelSuffix;
    private @Nullable OwnPort port;

    VisitorRouter(
            EdgeSettings settings,
            RouteTable routes,
            PendingProbes probes,
            TunnelExchange.Surroundings surroundings,
            ControlPlaneExchange.Upstream controlPlane,
            ConnectExchange.Relay relay,
            Rates rates) {
        this.settings = settings;
        this.routes = routes;
        this.probes = probes;
        this.surroundings = surroundings;
        this.controlPlane = controlPlane;
        this.relay = relay;
        this.rates = rates;
        this.tunnelSuffix = "." + settings.tunnelDomain();
    }

    /** The same for visitors of a tunnel's own port: the port decides, and nothing of the server's own is there. */
    VisitorRouter at(OwnPort own) {
        VisitorRouter router = new VisitorRouter(settings, routes, probes, surroundings, controlPlane, relay, rates);
        router.port = own;
        return router;
    }

    @Override
    public @Nullable Exchange route(Visitor visitor, HttpRequest request) {
        try {
            if (request.decoderResult().isFailure()) {
                throw refusal(request.decoderResult().cause());
            }
            RequestTarget target = RequestTarget.of(request);
            if (!visitor.entrance().leadsTo(target.host(), settings.ownHosts())) {
                throw new UnacceptableRequest(
                        421,
                        "The connection was opened for " + visitor.entrance().serverName() + " and not for "
                                + target.host() + ".");
            }
            if (target.path().equals("*")) {
                visitor.page(EdgePage.options());
                return null;
            }
            if (port != null) {
                return atPort(port, visitor, request, target);
            }
            if (settings.ownHosts().contains(target.host())) {
                return own(visitor, request, target);
            }
            return tunnel(visitor, request, target);
        } catch (UnacceptableRequest refusal) {
            visitor.page(EdgePage.refusal(refusal, request));
            return null;
        }
    }

    private @Nullable Exchange own(Visitor visitor, HttpRequest request, RequestTarget target)
            throws UnacceptableRequest {
        if (Upgrade.isExtendedConnect(request)) {
            throw new UnacceptableRequest(501, "The server itself speaks no WebSocket.");
        }
        if (target.path().equals(Ptth.CONNECT_PATH)) {
            return ConnectExchange.start(visitor, request, relay);
        }
        return ControlPlaneExchange.start(visitor, request, target, controlPlane);
    }

    private @Nullable Exchange tunnel(Visitor visitor, HttpRequest request, RequestTarget target) {
        if (isTooFast(rates.secondsToWait(visitor, request), visitor, request, target)) {
            return null;
        }
        String name = nameOf(target.host());
        TunnelRoute route = name == null ? null : routes.find(name);
        if (route == null || route.overTcp()) {
            visitor.page(EdgePage.notFound(target.host(), request));
            return null;
        }
        return tunnel(visitor, request, target, route);
    }

    private @Nullable Exchange atPort(OwnPort own, Visitor visitor, HttpRequest request, RequestTarget target) {
        if (isTooFast(rates.secondsToWait(visitor, request), visitor, request, target)) {
            return null;
        }
        TunnelRoute route = routes.find(own.name());
        if (route == null) {
            visitor.page(EdgePage.notFound(target.host(), request));
            return null;
        }
        if (!own.answersTo(target.host(), visitor.channel().localAddress())) {
            visitor.page(EdgePage.misdirected(target.host(), request));
            return null;
        }
        return tunnel(visitor, request, target, route);
    }

    private @Nullable Exchange tunnel(Visitor visitor, HttpRequest request, RequestTarget target, TunnelRoute route) {
        String nonce = request.headers().get(WireHeaders.PROBE);
        AgentSession probed = nonce == null ? null : probes.take(nonce, route.tunnel());
        if (probed != null && nonce != null) {
            return new TunnelExchange(visitor, request, target, route, surroundings).probe(probed, nonce);
        }
        if (!route.enabled()) {
            visitor.page(EdgePage.offline(target.host(), request));
            return null;
        }
        if (isTooFast(rates.secondsToWait(route.tunnel()), visitor, request, target)) {
            return null;
        }
        if (!LimitedBodies.areOn(settings.limits())) {
            return carry(new TunnelExchange(visitor, request, target, route, surroundings), visitor, request, target);
        }
        if (LimitedBodies.isTooLarge(request, settings.limits())) {
            visitor.page(EdgePage.requestTooLarge(settings.limits().requestBody(), request));
            return null;
        }
        LimitedBodies bodies = new LimitedBodies(visitor, request, settings.limits());
        TunnelExchange exchange = new TunnelExchange(bodies, request, target, route, surroundings);
        return carry(exchange, bodies.of(exchange), request, target) == null ? null : bodies;
    }

    /** Tells a visitor to wait, if there is something to wait for. */
    private static boolean isTooFast(int seconds, Visitor visitor, HttpRequest request, RequestTarget target) {
        if (seconds > 0) {
            visitor.page(EdgePage.tooFast(seconds, target.host(), request));
        }
        return seconds > 0;
    }

    private @Nullable Exchange carry(
            TunnelExchange exchange, Visitor visitor, HttpRequest request, RequestTarget target) {
        String tunnel = exchange.tunnel();
        AgentSession session = surroundings.sessions().leastLoaded(tunnel);
        if (session != null) {
            return begin(exchange, session, visitor, request, target);
        }
        if (surroundings.sessions().isBusy(tunnel)) {
            visitor.page(EdgePage.busy(target.host(), request));
            return null;
        }
        if (!SAFE.contains(request.method())) {
            visitor.page(EdgePage.offline(target.host(), request));
            return null;
        }
        Shares shares = settings.shares();
        if (!surroundings.sessions().hasRoomToWait(tunnel, shares.held(), shares.heldPerTunnel())) {
            visitor.page(EdgePage.tooManyWait(target.host(), request));
            return null;
        }
        return exchange.await();
    }

    private @Nullable Exchange begin(
            TunnelExchange exchange, AgentSession session, Visitor visitor, HttpRequest request, RequestTarget target) {
        RequestTurns.Turn turn = surroundings.turns().begin(exchange.tunnel());
        if (turn != null) {
            return exchange.start(session, turn);
        }
        if (surroundings.turns().waiting() >= settings.shares().held()) {
            visitor.page(EdgePage.tooManyWait(target.host(), request));
            return null;
        }
        return exchange.awaitTurn();
    }

    /** The label in front of the tunnel domain; null if the host is not exactly one label below it. */
    private @Nullable String nameOf(String host) {
        if (!host.endsWith(tunnelSuffix)) {
            return null;
        }
        String name = host.substring(0, host.length() - tunnelSuffix.length());
        return name.isEmpty() || name.indexOf('.') >= 0 ? null : name;
    }

    static UnacceptableRequest refusal(Throwable cause) {
        if (cause instanceof UnacceptableRequest refusal) {
            return refusal;
        }
        return UnacceptableRequest.malformed("its header or its framing is wrong");
    }
}
