package dev.porthole.server.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Set;

/**
 * An HTTP tunnel's own port, and the names that it answers to: the tunnel's, and those of this computer. A page of
 * another origin can point a name of its own at this address (DNS rebinding), but it can't make a browser send another
 * Host than that name. The server's own names are not among them either: cookies know no ports, and the pages' belong
 * to nobody else.
 *
 * @param name the tunnel's
 * @param hosts names in lower case: the tunnel's, {@code localhost}, this computer's
 */
record OwnPort(String name, Set<String> hosts) {
    /** Whether a Host, without its port, is one that visitors of this connection may mean. */
    boolean answersTo(String host, SocketAddress connectedTo) {
        return hosts.contains(host) || isAddressOf(host, ((InetSocketAddress) connectedTo).getAddress());
    }

    /** Whether the host is the address itself: such a literal is looked up nowhere. */
    private static boolean isAddressOf(String host, InetAddress address) {
        String literal = address.getHostAddress().toLowerCase(Locale.ROOT);
        int scope = literal.indexOf('%');
        String plain = scope < 0 ? literal : literal.substring(0, scope);
        if (host.startsWith("[") && host.endsWith("]")) {
            try {
                return InetAddress.ofLiteral(host.substring(1, host.length() - 1))
                        .equals(InetAddress.ofLiteral(plain));
            } catch (IllegalArgumentException noAddress) {
                return false;
            }
        }
        return host.equals(plain);
    }
}
