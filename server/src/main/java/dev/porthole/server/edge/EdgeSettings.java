package dev.porthole.server.edge;

import dev.porthole.server.edge.tls.Certificates;
import dev.porthole.server.relay.SessionLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
 * @param limits what one request and one connection may take
 * @param times how long the edge waits
 * @param shares what one address or one tunnel may take
 * @param sessions what one agent may do
 * @param tls null if visitors come over plain HTTP
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
        Shares shares,
        SessionLimits sessions,
        PortLimits ports,
        @Nullable Tls tls) {

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
                Shares.DEFAULT,
                SessionLimits.DEFAULT,
                PortLimits.DEFAULT,
                null);
    }

    /** The same with other limits. */
    public EdgeSettings with(Limits other) {
        return copy(trustedProxies, other, times, shares, sessions, ports, tls);
    }

    /** The same with other times. */
    public EdgeSettings with(Times other) {
        return copy(trustedProxies, limits, other, shares, sessions, ports, tls);
    }

    /** The same with other shares. */
    public EdgeSettings with(Shares other) {
        return copy(trustedProxies, limits, times, other, sessions, ports, tls);
    }

    /** The same with other limits of sessions. */
    public EdgeSettings with(SessionLimits other) {
        return copy(trustedProxies, limits, times, shares, other, ports, tls);
    }

    /** The same with other limits of ports. */
    public EdgeSettings with(PortLimits other) {
        return copy(trustedProxies, limits, times, shares, sessions, other, tls);
    }

    /** The same with other trusted proxies. */
    public EdgeSettings with(TrustedProxies other) {
        return copy(other, limits, times, shares, sessions, ports, tls);
    }

    /** The same with TLS, or without. */
    public EdgeSettings with(@Nullable Tls other) {
        return copy(trustedProxies, limits, times, shares, sessions, ports, other);
    }

    private EdgeSettings copy(
            TrustedProxies proxies,
            Limits otherLimits,
            Times otherTimes,
            Shares otherShares,
            SessionLimits otherSessions,
            PortLimits otherPorts,
            @Nullable Tls otherTls) {
        return new EdgeSettings(
                bind,
                ownHosts,
                tunnelDomain,
                controlPlane,
                controlPlaneSecret,
                proxies,
                otherLimits,
                otherTimes,
                otherShares,
                otherSessions,
                otherPorts,
                otherTls);
    }

    /**
     * TLS on the public port.
     *
     * @param certificates what is served there
     * @param redirectFrom a plain port that leads to it; null for none
     * @param redirectTo the https port that visitors are led to; 0 for the public port
     */
    public record Tls(Certificates certificates, @Nullable InetSocketAddress redirectFrom, int redirectTo) {}

    /**
     * What one request and one connection may take. A limit that is off is the largest number of its type.
     *
     * @param targetBytes bytes of the request line; more is 414
     * @param headerBytes bytes of all header fields; more is 431
     * @param headerCount header fields; more is 431
     * @param requests requests of one connection; the last one's answer closes it
     * @param streams requests at once on one HTTP/2 connection
     * @param requestBody bytes of a request's body; more is 413
     * @param answerBody bytes of an answer's body; more is 413, or breaks off
     */
    public record Limits(
            int targetBytes,
            int headerBytes,
            int headerCount,
            int requests,
            int streams,
            long requestBody,
            long answerBody) {
        public static final Limits DEFAULT = new Limits(16 * 1024, 32 * 1024, 100);

        /** The rest at its default. */
        public Limits(int targetBytes, int headerBytes, int headerCount) {
            this(targetBytes, headerBytes, headerCount, 10_000, 128, Long.MAX_VALUE, Long.MAX_VALUE);
        }

        /** The same with other bodies. */
        public Limits withBodies(long request, long answer) {
            return new Limits(targetBytes, headerBytes, headerCount, requests, streams, request, answer);
        }

        /** The same with another number of requests for a connection. */
        public Limits withRequests(int other) {
            return new Limits(targetBytes, headerBytes, headerCount, other, streams, requestBody, answerBody);
        }
    }

    /**
     * What visitors of tunnels' own ports may take.
     *
     * @param idle how long a TCP connection may rest in both directions: databases' pools rest for an hour and more,
     *     and a visitor that is gone without a word is found by keep-alive before that
     */
    public record PortLimits(Duration idle) {
        public static final PortLimits DEFAULT = new PortLimits(Duration.ofHours(2));
    }

    /**
     * How long the edge waits.
     *
     * @param headers for a request's header fields, from its first byte
     * @param idle for the next request of a connection
     * @param stall for the next bytes of a body, or until a visitor takes the next bytes of an answer
     * @param returningAgent how long a safe request waits for an agent that is away
     * @param ping between two PINGs of a session on which nothing is under way; a dead one is found 5 s after it
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
                Duration.ofSeconds(9),
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
