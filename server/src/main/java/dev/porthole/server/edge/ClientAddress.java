package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Whom limits count: the peer, or whoever a trusted proxy says is behind it (the last entry of {@code X-Forwarded-For}
 * that no trusted proxy made). In IPv6 a network of 64 bits is one client: each has as many addresses as it likes.
 */
final class ClientAddress {
    private final TrustedProxies trusted;
    private final List<TrustedProxies.Network> notCounted;

    ClientAddress(TrustedProxies trusted, List<TrustedProxies.Network> notCounted) {
        this.trusted = trusted;
        this.notCounted = notCounted;
    }

    /** Who sends a request. */
    InetAddress of(InetSocketAddress peer, HttpHeaders request) {
        InetAddress client = peer.getAddress();
        if (trusted.networks().isEmpty()) {
            return client;
        }
        List<String> hops = request.getAll("x-forwarded-for").stream()
                .flatMap(field -> List.of(field.split(",", -1)).stream())
                .toList();
        for (int at = hops.size() - 1; at >= 0 && trusted.trusts(client); at--) {
            try {
                client = InetAddress.ofLiteral(hops.get(at).strip());
            } catch (IllegalArgumentException unreadable) {
                return client;
            }
        }
        return client;
    }

    /** Whether an address has limits of its own. */
    boolean isCounted(InetAddress address) {
        return notCounted.stream().noneMatch(network -> network.contains(address)) && !trusted.trusts(address);
    }

    /** The same number for addresses that are one client. */
    static long key(InetAddress address) {
        byte[] octets = address.getAddress();
        long key = 0;
        for (int at = 0; at < Math.min(octets.length, Long.BYTES); at++) {
            key = key << 8 | (octets[at] & 0xff);
        }
        return key;
    }
}
