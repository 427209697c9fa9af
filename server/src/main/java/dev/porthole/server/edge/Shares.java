package dev.porthole.server.edge;

import java.util.List;

/**
 * What one address or one tunnel may take of the edge, and what all of them may take together. A limit that is off is
 * the largest number of its type.
 *
 * @param connections connections in all
 * @param connectionsPerAddress connections of one address; one network of 64 bits is one address in IPv6
 * @param notCounted networks whose addresses have no limits of their own
 * @param held requests that wait for agents, in all
 * @param heldPerTunnel requests that wait for one tunnel's agent
 * @param ratePerAddress requests to tunnels in a second from one address
 * @param ratePerTunnel requests to one tunnel in a second
 * @param answerBytes bytes of answers that wait for visitors, in all; off: half of the direct memory
 */
public record Shares(
        int connections,
        int connectionsPerAddress,
        List<TrustedProxies.Network> notCounted,
        int held,
        int heldPerTunnel,
        int ratePerAddress,
        int ratePerTunnel,
        long answerBytes) {
    public static final Shares DEFAULT = new Shares(
            10_000,
            1_000,
            List.of(TrustedProxies.Network.parse("127.0.0.0/8"), TrustedProxies.Network.parse("::1")),
            4_000,
            1_000,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE);

    public Shares {
        notCounted = List.copyOf(notCounted);
    }

    /** The same with other numbers of connections, from everywhere. */
    public Shares withConnections(int all, int perAddress) {
        return new Shares(all, perAddress, List.of(), held, heldPerTunnel, ratePerAddress, ratePerTunnel, answerBytes);
    }

    /** The same with other numbers of requests that wait for agents. */
    public Shares withHeld(int all, int perTunnel) {
        return new Shares(
                connections,
                connectionsPerAddress,
                notCounted,
                all,
                perTunnel,
                ratePerAddress,
                ratePerTunnel,
                answerBytes);
    }

    /** The same with other rates, from everywhere. */
    public Shares withRates(int perAddress, int perTunnel) {
        return new Shares(
                connections, connectionsPerAddress, List.of(), held, heldPerTunnel, perAddress, perTunnel, answerBytes);
    }

    /** The same with another number of bytes that wait for visitors. */
    public Shares withAnswerBytes(long other) {
        return new Shares(
                connections,
                connectionsPerAddress,
                notCounted,
                held,
                heldPerTunnel,
                ratePerAddress,
                ratePerTunnel,
                other);
    }
}
