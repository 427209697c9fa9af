package dev.porthole.server.control;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** By which address other computers of this network reach this one. */
@FunctionalInterface
public interface LanAddress {
    /** The address now; empty without a network. A few system calls; nothing is sent. */
    Optional<InetAddress> now();

    /** This computer's own. */
    static LanAddress ofThisComputer() {
        return () -> choose(candidates(), routed());
    }

    /**
     * The one that packets to the world leave by, if it is one of the candidates, since a phone is in that network;
     * otherwise the first IPv4 address, and an IPv6 one where there is nothing else.
     */
    private static Optional<InetAddress> choose(List<InetAddress> candidates, Optional<InetAddress> routed) {
        return routed.filter(candidates::contains)
                .or(() -> candidates.stream().min(Comparator.comparing(address -> !(address instanceof Inet4Address))));
    }

    private static List<InetAddress> candidates() {
        List<InetAddress> found = new ArrayList<>();
        try {
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                if (network.isUp() && !network.isLoopback() && !isMadeByPrograms(network)) {
                    network.inetAddresses()
                            .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
                            .forEach(found::add);
                }
            }
        } catch (SocketException noInterfaces) {
            return List.of();
        }
        return found;
    }

    /** Bridges, containers' and machines' ends, tunnels: no phone is behind them. */
    private static boolean isMadeByPrograms(NetworkInterface network) throws SocketException {
        return network.isVirtual()
                || network.isPointToPoint()
                || MADE_BY_PROGRAMS.stream().anyMatch(network.getName()::startsWith);
    }

    /** How the names of such interfaces begin. */
    Set<String> MADE_BY_PROGRAMS = Set.of(
            "docker",
            "br-",
            "veth",
            "virbr",
            "vmnet",
            "vboxnet",
            "vEthernet",
            "cni",
            "flannel",
            "podman",
            "lxc",
            "tun",
            "tap",
            "utun",
            "wg",
            "tailscale",
            "zt",
            "bridge",
            "awdl",
            "llw");

    /** The address that a packet to the world would come from. A datagram socket's connect sends none. */
    private static Optional<InetAddress> routed() {
        try (DatagramSocket socket = new DatagramSocket()) {
            // An address for documentation (RFC 5737): routed as any, and nobody's.
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 9));
            return Optional.of(socket.getLocalAddress()).filter(address -> !address.isAnyLocalAddress());
        } catch (IOException | RuntimeException noRoute) {
            return Optional.empty();
        }
    }
}
