package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel that this computer's user enabled, and where its requests go.
 *
 * @param linkLocalAllowed the user's deliberate yes to an endpoint in 169.254.0.0/16, fe80::/10 or at a cloud's
 *     metadata address
 * @param certificate which certificate an {@code https} endpoint may show
 * @param timeout how long its app may think; null for as long as the agent lets any
 */
public record CarriedTunnel(
        String tunnel,
        Endpoint endpoint,
        HostHeader hostHeader,
        boolean linkLocalAllowed,
        EndpointCertificate certificate,
        @Nullable EndpointTimeout timeout) {
    /** With an app that may think for as long as usual. */
    public CarriedTunnel(
            String tunnel,
            Endpoint endpoint,
            HostHeader hostHeader,
            boolean linkLocalAllowed,
            EndpointCertificate certificate) {
        this(tunnel, endpoint, hostHeader, linkLocalAllowed, certificate, null);
    }

    /** With a certificate that is verified. */
    public CarriedTunnel(String tunnel, Endpoint endpoint, HostHeader hostHeader, boolean linkLocalAllowed) {
        this(tunnel, endpoint, hostHeader, linkLocalAllowed, new EndpointCertificate.Verified());
    }

    /** With the visitor's Host, no link-local addresses, and a certificate that is verified. */
    public CarriedTunnel(String tunnel, Endpoint endpoint) {
        this(tunnel, endpoint, HostHeader.visitor(), false);
    }
}
