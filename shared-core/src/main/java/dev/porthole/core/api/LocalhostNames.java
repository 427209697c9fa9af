package dev.porthole.core.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Names below {@code localhost} are this computer (RFC 6761, section 6.3), as in browsers; Java asks the system, which
 * may not know. Found by the JDK as a service, so that every socket of the process agrees.
 */
public final class LocalhostNames extends InetAddressResolverProvider {
    static {
        // Each dial asks anew: a server that moved, or a network that has just come back, is not hidden for half a
        // minute by what was true before. The JDK reads these once, after it has found its resolver.
        dontKeep("networkaddress.cache.ttl", "sun.net.inetaddr.ttl");
        dontKeep("networkaddress.cache.negative.ttl", "sun.net.inetaddr.negative.ttl");
    }

    /** Lets the JDK find its resolver, with a name that nobody is asked for. */
    static void prepare() {
        try {
            InetAddress[] _ = InetAddress.getAllByName("porthole.localhost");
        } catch (UnknownHostException notOurs) {
            // The system's own resolver then, which is as ready.
            return;
        }
    }

    private static void dontKeep(String property, String givenAs) {
        if (System.getProperty(givenAs) == null) {
            Security.setProperty(property, "0");
        }
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Resolver(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "porthole-localhost";
    }

    private record Resolver(InetAddressResolver system) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            String name = host.toLowerCase(Locale.ROOT);
            if (!name.endsWith(".localhost") && !name.endsWith(".localhost.")) {
                return system.lookupByName(host, policy);
            }
            InetAddress v4 = InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1});
            InetAddress v6 =
                    InetAddress.getByAddress(host, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
            int wanted = policy.characteristics();
            boolean v4Wanted = (wanted & LookupPolicy.IPV4) != 0;
            boolean v6Wanted = (wanted & LookupPolicy.IPV6) != 0;
            if (v4Wanted && v6Wanted) {
                return (wanted & LookupPolicy.IPV6_FIRST) != 0 ? Stream.of(v6, v4) : Stream.of(v4, v6);
            }
            return Stream.of(v6Wanted ? v6 : v4);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return system.lookupByAddress(address);
        }
    }
}
