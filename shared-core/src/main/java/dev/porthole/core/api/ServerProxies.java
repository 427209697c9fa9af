package dev.porthole.core.api;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which proxy leads to a server, for sessions and for the API alike: {@code HTTPS_PROXY} or {@code ALL_PROXY}, unless
 * {@code NO_PROXY} names the server, and then what the system's settings say. Lower case names count first, as with
 * curl. Servers on this computer are never reached through one. Any thread.
 */
public final class ServerProxies {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProxies.class);
    private static final List<String> NAMES = List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");

    static {
        // Read once by the JDK, when ProxySelector is first used; what someone has set on purpose stays.
        setUnlessSet("java.net.useSystemProxies", "true");
        // The JDK does not say a name and a password to a proxy for a tunnel unless it is told that it may.
        setUnlessSet("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    private static final ServerProxies OF_THIS_COMPUTER =
            new ServerProxies(System.getenv(), ProxySelector.getDefault());

    private final @Nullable HttpProxy given;
    private final NoProxy exceptions;
    private final @Nullable ProxySelector system;

    ServerProxies(Map<String, String> environment, @Nullable ProxySelector system) {
        this.given = fromEnvironment(environment);
        this.exceptions = NoProxy.parse(environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", "")));
        this.system = system;
    }

    /** As the environment and the system's settings of this process say. */
    public static ServerProxies ofThisComputer() {
        return OF_THIS_COMPUTER;
    }

    /** The proxy on the way to a server; empty if it is reached directly. May ask the system: not on an event loop. */
    public Optional<HttpProxy> proxyTo(URI server) {
        String host = server.getHost();
        if (host == null || ServerAddress.isLoopback(host)) {
            return Optional.empty();
        }
        if (exceptions.names(host, server.getPort())) {
            return Optional.empty();
        }
        if (given != null) {
            return Optional.of(given);
        }
        return system == null ? Optional.empty() : ofSystem(system, server);
    }

    /** The same for the JDK's own clients. */
    ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI server) {
                return proxyTo(server)
                        .map(proxy -> List.of(new Proxy(
                                Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()))))
                        .orElse(List.of(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI server, SocketAddress proxy, IOException failure) {
                LOG.debug("the proxy {} gave no connection to {}", proxy, server.getHost(), failure);
            }
        };
    }

    /** Says name and password to the proxy of the environment, and to nobody else. */
    Authenticator authenticator() {
        return new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                HttpProxy proxy = given;
                if (proxy == null || proxy.user() == null || proxy.password() == null) {
                    return null;
                }
                boolean asked = getRequestorType() == RequestorType.PROXY
                        && proxy.host().equalsIgnoreCase(getRequestingHost())
                        && proxy.port() == getRequestingPort();
                return asked
                        ? new PasswordAuthentication(
                                proxy.user(), proxy.password().toCharArray())
                        : null;
            }
        };
    }

    private static Optional<HttpProxy> ofSystem(ProxySelector system, URI server) {
        // The system's settings are for schemes that it knows.
        URI asked = URI.create("https://" + server.getRawAuthority());
        return system.select(asked).stream()
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(Proxy::address)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .map(address -> new HttpProxy(address.getHostString(), address.getPort()))
                .findFirst();
    }

    private static @Nullable HttpProxy fromEnvironment(Map<String, String> environment) {
        for (String name : NAMES) {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                try {
                    return HttpProxy.parse(value.strip());
                } catch (IllegalArgumentException unusable) {
                    LOG.warn("{}: {}; it is ignored", name, unusable.getMessage());
                }
            }
        }
        return null;
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** The servers that are reached directly: names, with all names below them, addresses, or {@code *} for all. */
    private record NoProxy(List<String> entries) {
        static NoProxy parse(String text) {
            return new NoProxy(java.util.Arrays.stream(text.split("[,\\s]+", -1))
                    .map(entry -> entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                    .filter(entry -> !entry.isEmpty())
                    .toList());
        }

        boolean names(String host, int port) {
            String name = host.toLowerCase(Locale.ROOT);
            return entries.stream()
                    .anyMatch(entry -> entry.equals("*")
                            || entry.equals(name)
                            || entry.equals(name + ":" + port)
                            || name.endsWith("." + entry));
        }
    }
}
