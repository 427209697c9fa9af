package dev.porthole.core.agent;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** This computer's addresses: as Java knows them, and asked for again only where its files do not say "as before". */
final class NetworkOfThisComputer implements SurroundingsWatch.Network {
    private final NetworkFiles files = new NetworkFiles(Path.of("/"));

    /** Of interfaces that have a link. Link-local addresses come and go and say nothing. */
    @Override
    public Set<InetAddress> addresses() throws SocketException {
        Set<InetAddress> addresses = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
            List<InetAddress> leadOut = one.inetAddresses()
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .toList();
            // Asking for an interface's state is several calls of the system: not for those that don't count anyway.
            if (!leadOut.isEmpty()) {
                names.add(one.getName());
                if (one.isUp()) {
                    addresses.addAll(leadOut);
                }
            }
        }
        files.followLinks(names);
        return addresses;
    }

    @Override
    public boolean mayHaveChanged() {
        return files.mayHaveChanged();
    }

    @Override
    public void close() {
        files.close();
    }
}
