package dev.porthole.core.proxy;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Host names to addresses, anew each time: a server that moved is found, and no answer outlives its truth.
 *
 * <p>{@code localhost} and all names below it are loopback without asking anyone (RFC 6761, section 6.3), IPv4 first;
 * Java by itself does not know the names below it. Other names are looked up on a virtual thread, since Java's look-up
 * blocks.
 */
public final class NameResolver {
    private static final List<InetAddress> LOOPBACK = List.of(
            address(new byte[] {127, 0, 0, 1}), address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));

    private NameResolver() {}

    /** Whether RFC 6761 says that a name is this computer. */
    public static boolean isLoopbackName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    /** The addresses of a host, best first; completes on {@code loop}. */
    public static Future<List<InetAddress>> resolve(String host, EventLoop loop) {
        if (isLoopbackName(host)) {
            return loop.newSucceededFuture(LOOPBACK);
        }
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            return loop.newSucceededFuture(List.of(address(literal)));
        }
        Promise<List<InetAddress>> found = loop.newPromise();
        Thread.ofVirtual().name("resolve " + host).start(() -> {
            try {
                found.trySuccess(List.of(InetAddress.getAllByName(host)));
            } catch (UnknownHostException | SecurityException unknown) {
                found.tryFailure(new UnknownHostException(host + " is no host that this computer can find"));
            }
        });
        return found;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(bytes.length + " bytes of address (expected: 4 or 16)", impossible);
        }
    }
}
