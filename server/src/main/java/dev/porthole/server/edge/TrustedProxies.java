package dev.porthole.server.edge;

import java.net.InetAddress;
import java.util.List;

/** Networks in CIDR notation whose {@code X-Forwarded-*} and {@code Forwarded} fields are believed. */
public record TrustedProxies(List<Network> networks) {
    /** Nobody is trusted. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /** One network: all addresses whose first {@code bits} are these. */
    public record Network(InetAddress address, int bits) {
        /**
         * Reads a network such as {@code 10.0.0.0/8}, {@code fd00::/8} or a single {@code 192.0.2.7}.
         *
         * @throws IllegalArgumentException with what was given and what was expected
         */
        public static Network parse(String cidr) {
            int slash = cidr.indexOf('/');
            String host = slash < 0 ? cidr : cidr.substring(0, slash);
            try {
                InetAddress address = InetAddress.ofLiteral(host);
                int longest = address.getAddress().length * 8;
                int bits = slash < 0 ? longest : Integer.parseInt(cidr.substring(slash + 1));
                if (bits >= 0 && bits <= longest) {
                    return new Network(address, bits);
                }
            } catch (IllegalArgumentException notNetwork) {
                // Said below, in our words.
            }
            throw new IllegalArgumentException("trusted proxy: " + cidr + " (expected: a network such as 10.0.0.0/8)");
        }

        public boolean contains(InetAddress other) {
            byte[] ours = address.getAddress();
            byte[] theirs = other.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >>> (bit & 7);
                if ((ours[bit >>> 3] & mask) != (theirs[bit >>> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /**
     * Reads networks such as {@code 10.0.0.0/8}, {@code fd00::/8} or a single {@code 192.0.2.7}.
     *
     * @throws IllegalArgumentException with what was given and what was expected
     */
    public static TrustedProxies parse(List<String> cidrs) {
        return new TrustedProxies(cidrs.stream().map(Network::parse).toList());
    }

    /** Whether a peer may speak for others. */
    public boolean trusts(InetAddress peer) {
        return networks.stream().anyMatch(network -> network.contains(peer));
    }
}
