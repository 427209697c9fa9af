package dev.porthole.server.edge;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How an edge is set up.
 *
 * @param bind where visitors come in; port 0 takes a free one
 * @param ownHosts host names that are the server's own, without ports: everything for them goes to the control plane
 * @param tunnelDomain tunnels are at {@code <name>.<tunnelDomain>}
 * @param controlPlane the control plane's listener on loopback
 * @param controlPlaneSecret what that listener wants to see in {@code Porthole-Edge-Secret}
 * @param ports what visitors of tunnels' own ports may take
 * @param trustedProxies who may say {@code X-Forwarded-*} and {@code Forwarded} for others
 */
public record EdgeSettings(
        InetSocketAddress bind,
        Set<String> ownHosts,
        String tunnelDomain,
        InetSocketAddress controlPlane,
        String controlPlaneSecret,
        TrustedProxies trustedProxies,
        Limits limits,
        Times times,
        PortLimits ports) {

    public EdgeSettings {
        ownHosts = ownHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        tunnelDomain = tunnelDomain.toLowerCase(Locale.ROOT);
    }

    /** Everything else at its default. */
    public EdgeSettings(
            InetSocketAddress bind,
            Set<String> ownHosts,
            String tunnelDomain,
            InetSocketAddress controlPlane,
            String controlPlaneSecret) {
        this(
                bind,
                ownHosts,
                tunnelDomain,
                controlPlane,
                controlPlaneSecret,
                TrustedProxies.NONE,
                Limits.DEFAULT,
                Times.DEFAULT,
                PortLimits.DEFAULT);
    }

    /** The same with other limits. */
    public EdgeSettings with(Limits other) {
        return new EdgeSettings(
                bind, ownHosts, tunnelDomain, controlPlane, controlPlaneSecret, trustedProxies, other, times, ports);
    }

    /** The same with other times. */
    public EdgeSettings with(Times other) {
        return new EdgeSettings(
                bind, ownHosts, tunnelDomain, controlPlane, controlPlaneSecret, trustedProxies, limits, other, ports);
    }

    /** The same with other trusted proxies. */
    public EdgeSettings with(TrustedProxies other) {
        return new EdgeSettings(
                bind, ownHosts, tunnelDomain, controlPlane, controlPlaneSecret, other, limits, times, ports);
    }

    /** The same with other limits of ports. */
    public EdgeSettings with(PortLimits other) {
        return new EdgeSettings(
                bind, ownHosts, tunnelDomain, controlPlane, controlPlaneSecret, trustedProxies, limits, times, other);
    }

    /**
     * What one visitor's request may take.
     *
     * @param targetBytes bytes of the request line; more is 414
     * @param headerBytes bytes of all header fields; more is 431
     * @param headerCount header fields; more is 431
     */
    public record Limits(int targetBytes, int headerBytes, int headerCount) {
        public static final Limits DEFAULT = new Limits(16 * 1024, 32 * 1024, 100);
    }

    /**
     * What visitors of tunnels' own ports may take.
     *
     * @param idle how long a TCP connection may rest in both directions: databases' pools rest for an hour and more,
     *     and a visitor that is gone without a word is found by keep-alive before that
     * @param perAddress connections of one address at once, over all ports
     */
    public record PortLimits(Duration idle, int perAddress) {
        public static final PortLimits DEFAULT = new PortLimits(Duration.ofHours(2), 512);
    }

    /**
     * How long the edge waits.
     *
     * @param headers for a request's header fields, from its first byte
     * @param idle for the next request of a connection
     * @param stall for the next bytes of a body, or until a visitor takes the next bytes of an answer
     * @param returningAgent how long a safe request waits for an agent that is away
     * @param ping between two PINGs of a session
     * @param shutdown for running exchanges when the edge closes
     */
    public record Times(
            Duration headers,
            Duration idle,
            Duration stall,
            Duration returningAgent,
            Duration ping,
            Duration shutdown) {
        public static final Times DEFAULT = new Times(
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));

        /** The same with another wait for agents. */
        public Times withReturningAgent(Duration other) {
            return new Times(headers, idle, stall, other, ping, shutdown);
        }

        /** The same with another time for header fields. */
        public Times withHeaders(Duration other) {
            return new Times(other, idle, stall, returningAgent, ping, shutdown);
        }

        /** The same with another time between requests. */
        public Times withIdle(Duration other) {
            return new Times(headers, other, stall, returningAgent, ping, shutdown);
        }

        /** The same with another time for the next bytes. */
        public Times withStall(Duration other) {
            return new Times(headers, idle, other, returningAgent, ping, shutdown);
        }

        /** The same with another time between PINGs. */
        public Times withPing(Duration other) {
            return new Times(headers, idle, stall, returningAgent, other, shutdown);
        }

        /** The same with another time for the end. */
        public Times withShutdown(Duration other) {
            return new Times(headers, idle, stall, returningAgent, ping, other);
        }
    }
}
