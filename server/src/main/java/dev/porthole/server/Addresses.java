package dev.porthole.server;

import dev.porthole.server.config.PortSettings;
import dev.porthole.server.config.ServerSettings;
import dev.porthole.server.control.LanAddress;
import dev.porthole.server.control.PublicPorts;
import dev.porthole.server.control.PublicUrls;
import dev.porthole.server.store.StoreException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Under which names the server answers.
 *
 * @param issuer the API and the token endpoint
 * @param pages what browsers open: never plain {@code localhost}, whose cookies every program of the computer shares
 * @param tunnels how tunnels' addresses are made
 */
record Addresses(URI issuer, URI pages, PublicUrls tunnels) {
    static Addresses of(ServerSettings settings, int port) {
        URI base = settings.baseUrl();
        String scheme = settings.tls().isOn() ? "https" : "http";
        int usual = settings.tls().isOn() ? 443 : 80;
        URI issuer = base == null ? URI.create(scheme + "://localhost:" + port) : base;
        URI pages = base == null ? URI.create(scheme + "://porthole.localhost:" + port) : base;
        PublicUrls tunnels = base == null || settings.tunnelDomain().equals("localhost")
                ? new PublicUrls(scheme, settings.tunnelDomain(), port == usual ? null : (Integer) port)
                : PublicUrls.below(settings.tunnelDomain(), base);
        return new Addresses(issuer, pages, tunnels);
    }

    /**
     * The ports that tunnels may have of their own. Only an embedded server's owner, whose computer it is, may open one
     * to the network: elsewhere that is the administrator's setting.
     *
     * @throws StoreException if the address to open them at is none
     */
    static PublicPorts ports(ServerSettings settings, boolean embedded) {
        PortSettings ports = settings.ports();
        try {
            return new PublicPorts(
                    ports.first(),
                    ports.last(),
                    ports.perProject(),
                    InetAddress.getByName(ports.bind()),
                    embedded,
                    LanAddress.ofThisComputer());
        } catch (UnknownHostException unknown) {
            throw new StoreException(
                    "ports.bind: " + ports.bind() + " (expected: an address of this computer)", unknown);
        }
    }

    /** Hosts whose requests are the server's own, whatever the port. */
    static Set<String> ownHosts(@Nullable URI baseUrl) {
        Set<String> hosts = new LinkedHashSet<>(Set.of("localhost", "127.0.0.1", "[::1]", "porthole.localhost"));
        if (baseUrl != null) {
            hosts.add(baseUrl.getHost());
        }
        return hosts;
    }
}
