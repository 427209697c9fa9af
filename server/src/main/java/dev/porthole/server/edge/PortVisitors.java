package dev.porthole.server.edge;

import dev.porthole.server.relay.AgentSession;
import dev.porthole.server.relay.PendingProbes;
import dev.porthole.server.relay.PortProbes;
import dev.porthole.server.relay.RoutePort;
import dev.porthole.server.relay.Sessions;
import dev.porthole.server.relay.TunnelRoute;
import io.netty.channel.Channel;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives the visitors of tunnels' own ports: lets them in or not, and gives each its handlers. Event loop only. */
final class PortVisitors {
    private static final Logger LOG = LoggerFactory.getLogger(PortVisitors.class);

    private final EdgeSettings settings;
    private final Sessions sessions;
    private final PendingProbes probes;
    private final PortProbes portProbes;
    private final BiConsumer<Channel, OwnPort> http;
    private final Crowd crowd;
    private final MachineNames names;

    /**
     * @param crowd says whether there is room for a visitor of a TCP tunnel
     * @param http gives a visitor of an HTTP tunnel its handlers, if there is room
     */
    PortVisitors(
            EdgeSettings settings,
            Sessions sessions,
            PendingProbes probes,
            PortProbes portProbes,
            Crowd crowd,
            BiConsumer<Channel, OwnPort> http) {
        this.settings = settings;
        this.sessions = sessions;
        this.probes = probes;
        this.portProbes = portProbes;
        this.http = http;
        this.crowd = crowd;
        this.names = MachineNames.except(settings.ownHosts());
    }

    /** Prepares a new connection; false if it may not come. */
    boolean admit(TunnelRoute route, Channel channel) {
        InetSocketAddress visitor = (InetSocketAddress) channel.remoteAddress();
        InetSocketAddress own = (InetSocketAddress) channel.localAddress();
        RoutePort port = route.port();
        if (port != null && port.nearbyOnly() && !NearbyVisitors.includes(visitor.getAddress(), own.getAddress())) {
            LOG.info("a visitor of port {} is not of this network: {}", port.number(), visitor.getAddress());
            return false;
        }
        String nonce = route.overTcp() ? nonce(visitor, own) : null;
        if (nonce != null) {
            AgentSession probed = probes.take(nonce, route.tunnel());
            if (probed != null) {
                channel.pipeline().addLast(new ProbeVisitor(route, probed, nonce));
            }
            return probed != null;
        }
        if (!route.overTcp()) {
            http.accept(channel, ownPort(route));
            return true;
        }
        EdgePage refusal = crowd.enter(channel);
        if (refusal != null) {
            LOG.info("a connection of {} to port {} is reset: {}", visitor.getAddress(), own.getPort(), refusal.hint());
            return false;
        }
        channel.pipeline()
                .addLast(new IdleStateHandler(0, 0, settings.ports().idle().toMillis(), TimeUnit.MILLISECONDS))
                .addLast(new TcpVisitor(route, sessions, settings.times()));
        return true;
    }

    /** A probe comes from this computer: from the address that it goes to. */
    private @Nullable String nonce(InetSocketAddress visitor, InetSocketAddress own) {
        return visitor.getAddress().equals(own.getAddress()) ? portProbes.take(visitor.getPort()) : null;
    }

    private OwnPort ownPort(TunnelRoute route) {
        Set<String> hosts = new HashSet<>(names.known());
        hosts.add("localhost");
        hosts.add(route.name() + "." + settings.tunnelDomain());
        return new OwnPort(route.name(), Set.copyOf(hosts));
    }
}
