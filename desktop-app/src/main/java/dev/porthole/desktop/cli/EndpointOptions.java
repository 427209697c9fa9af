package dev.porthole.desktop.cli;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.proxy.EndpointCertificate;
import dev.porthole.core.proxy.EndpointTimeout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is chosen for an endpoint on this computer and kept for it: what is not said stays as it was. */
final class EndpointOptions {
    @Option(
            names = "--certificate",
            paramLabel = "WHICH",
            description =
                    "Which certificate an https endpoint may show: verify, accept (any), or sha256/... (this key). Kept for this endpoint on this computer.")
    private @Nullable String certificate;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description =
                    "How long the program may think before its answer begins, such as 5m: from 1s to 1h, and 30s unless it was chosen. Then visitors get 504. Kept for this endpoint on this computer.")
    private @Nullable String timeout;

    /** Fails for what can't be understood. */
    void check() {
        if (certificate != null) {
            EndpointCertificate.parse(certificate);
        }
        if (timeout != null) {
            EndpointTimeout.parse(timeout);
        }
    }

    void choose(Porthole porthole, Endpoint endpoint) throws PortholeException {
        if (certificate != null) {
            porthole.allowCertificate(endpoint, EndpointCertificate.parse(certificate));
        }
        if (timeout != null) {
            porthole.allowTimeout(endpoint, EndpointTimeout.parse(timeout));
        }
    }
}
