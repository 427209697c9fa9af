package dev.porthole.core.tunnel;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.proxy.EndpointCertificate;
import dev.porthole.core.proxy.EndpointTimeout;
import org.jspecify.annotations.Nullable;

/** What this computer's user chose for single endpoints: asked each time that a tunnel is carried. Any thread. */
public interface EndpointChoices {
    /** Which certificate an endpoint may show. */
    EndpointCertificate certificate(Endpoint endpoint);

    /** How long its app may think; null for as long as usual. */
    @Nullable
    EndpointTimeout timeout(Endpoint endpoint);
}
