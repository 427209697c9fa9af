package dev.porthole.server.edge;

import io.netty.channel.Channel;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections of all listeners, in all and of one address, and decides about the next. When the house is
 * full, whoever came first and wants nothing now makes room. Event loop only.
 */
final class Crowd {
    /** Connections that are looked at, at most, before a new one is turned away. */
    private static final int LOOKED_AT = 64;

    private final Shares shares;
    private final ClientAddress clients;
    private final Predicate<Channel> idle;
    private final Set<Channel> inside = new LinkedHashSet<>();
    private final LongObjectMap<Integer> ofAddress = new LongObjectHashMap<>();

    /** @param idle whether a connection has no request under way */
    Crowd(Shares shares, ClientAddress clients, Predicate<Channel> idle) {
        this.shares = shares;
        this.clients = clients;
        this.idle = idle;
    }

    /** Lets a connection in, until it closes; or says why not. */
    @Nullable
    EdgePage enter(Channel channel) {
        InetAddress address = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        boolean counted = clients.isCounted(address);
        long key = ClientAddress.key(address);
        if (counted && ofAddress.getOrDefault(key, 0) >= shares.connectionsPerAddress()) {
            return EdgePage.tooManyConnections(shares.connectionsPerAddress());
        }
        if (inside.size() >= shares.connections() && !makeRoom()) {
            return EdgePage.full();
        }
        inside.add(channel);
        if (counted) {
            ofAddress.merge(key, 1, Integer::sum);
        }
        channel.closeFuture().addListener(closed -> leave(channel, counted, key));
        return null;
    }

    int size() {
        return inside.size();
    }

    private void leave(Channel channel, boolean counted, long key) {
        inside.remove(channel);
        if (counted) {
            ofAddress.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean makeRoom() {
        for (int count = Math.min(LOOKED_AT, inside.size()); count > 0; count--) {
            Iterator<Channel> first = inside.iterator();
            Channel channel = first.next();
            first.remove();
            if (idle.test(channel)) {
                channel.close();
                return true;
            }
            inside.add(channel);
        }
        return false;
    }
}
