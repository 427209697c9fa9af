package dev.porthole.server.edge;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * Tells visitors of this computer's own networks from those of the internet, who reach a port as well where nothing
 * stands between: by IPv6, or on a computer with a public address.
 */
final class NearbyVisitors {
    private static final int UNIQUE_LOCAL = 0xfc;

    private NearbyVisitors() {}

    /** Whether a visitor's address is private (RFC 1918, RFC 4193, RFC 3927), or in the same subnet as ours. */
    static boolean includes(InetAddress visitor, InetAddress own) {
        return visitor.isLoopbackAddress()
                || visitor.isSiteLocalAddress()
                || visitor.isLinkLocalAddress()
                || (visitor.getAddress().length == 16 && (visitor.getAddress()[0] & 0xfe) == UNIQUE_LOCAL)
                || visitor.equals(own)
                || inSubnetOf(visitor, own);
    }

    private static boolean inSubnetOf(InetAddress visitor, InetAddress own) {
        try {
            NetworkInterface network = NetworkInterface.getByInetAddress(own);
            return network != null
                    && network.getInterfaceAddresses().stream()
                            .filter(address -> address.getAddress().equals(own))
                            .anyMatch(address -> shares(visitor, address));
        } catch (SocketException unknown) {
            return false;
        }
    }

    private static boolean shares(InetAddress visitor, InterfaceAddress own) {
        byte[] one = visitor.getAddress();
        byte[] other = own.getAddress().getAddress();
        int bits = own.getNetworkPrefixLength();
        if (one.length != other.length || bits <= 0) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
