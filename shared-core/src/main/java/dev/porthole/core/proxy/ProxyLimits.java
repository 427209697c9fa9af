package dev.porthole.core.proxy;

import java.time.Duration;

/**
 * What the local proxy allows.
 *
 * @param dial until a connection to an endpoint stands, for each address
 * @param firstByte how long an app may think, unless its user chose for it: from the last byte of a request that it
 *     took to its answer's head
 * @param idle how long an unused connection to an app is kept; shorter than the 5 s of Node's servers, so that they
 *     seldom close one that a request was just put on
 * @param connections HTTP connections to one endpoint; requests beyond them wait for one
 */
public record ProxyLimits(Duration dial, Duration firstByte, Duration idle, int connections) {
    /** What holds unless a test says otherwise. */
    public static final ProxyLimits USUAL =
            new ProxyLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(4), 256);

    /** How long the app behind a tunnel may think. */
    Duration firstByteOf(CarriedTunnel tunnel) {
        EndpointTimeout chosen = tunnel.timeout();
        return chosen == null ? firstByte : chosen.firstByte();
    }
}
