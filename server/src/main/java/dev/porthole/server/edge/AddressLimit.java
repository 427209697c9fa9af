package dev.porthole.server.edge;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** How many connections one address may have at once. Event loop only. */
final class AddressLimit {
    private final int most;
    private final Map<InetAddress, Integer> open = new HashMap<>();

    AddressLimit(int most) {
        this.most = most;
    }

    /** Whether there may be one more; if so it counts until it is closed. */
    boolean admits(Channel visitor) {
        InetAddress address = ((InetSocketAddress) visitor.remoteAddress()).getAddress();
        if (open.getOrDefault(address, 0) >= most) {
            return false;
        }
        open.merge(address, 1, Integer::sum);
        visitor.closeFuture()
                .addListener(_ -> open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1));
        return true;
    }
}
