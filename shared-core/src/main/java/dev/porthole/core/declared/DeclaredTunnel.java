package dev.porthole.core.declared;

import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.proxy.EndpointCertificate;
import dev.porthole.core.proxy.EndpointTimeout;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel as its code's authors want it. What is null was not said, and stays as it is.
 *
 * @param key what the file calls it; the label of a new tunnel that is given none
 * @param name the name of a new tunnel's address; one that is there is never renamed
 * @param expires when it goes by itself
 * @param gitHubApp the app whose webhook follows the tunnel's address
 */
public record DeclaredTunnel(
        String key,
        Endpoint endpoint,
        @Nullable String name,
        @Nullable String label,
        @Nullable HostHeader hostHeader,
        @Nullable TunnelAddress address,
        @Nullable Boolean visibleInNetwork,
        @Nullable Expiry expires,
        @Nullable EndpointCertificate certificate,
        @Nullable EndpointTimeout timeout,
        @Nullable DeclaredGitHubApp gitHubApp) {
    /** What to ask the server for, now. */
    public ShareRequest request(Instant now) {
        return new ShareRequest(endpoint, label == null ? key : label, name, hostHeader, reached(), visibleInNetwork)
                .until(expires == null ? null : expires.from(now));
    }

    /** The same below another key. */
    DeclaredTunnel withKey(String other) {
        return new DeclaredTunnel(
                other,
                endpoint,
                name,
                label,
                hostHeader,
                address,
                visibleInNetwork,
                expires,
                certificate,
                timeout,
                gitHubApp);
    }

    /** How it is reached: what is to be seen in the network has an address by port. */
    @Nullable
    TunnelAddress reached() {
        return address == null && Boolean.TRUE.equals(visibleInNetwork) ? TunnelAddress.port : address;
    }
}
