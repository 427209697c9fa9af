package dev.porthole.core;

import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.InvalidEndpointException;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.proxy.EndpointCertificate;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which certificate each endpoint may show, as {@code config.yml} has it. Never sent to a server. Any thread. */
final class EndpointCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointCertificates.class);

    private EndpointCertificates() {}

    /** The choice for an endpoint; verified if there is none, or none that can be understood. */
    static EndpointCertificate of(ConfigFile config, Endpoint endpoint) {
        Optional<String> chosen = config.config().get().endpointCertificate(endpoint.toString());
        try {
            return chosen.map(EndpointCertificate::parse).orElseGet(EndpointCertificate.Verified::new);
        } catch (InvalidEndpointException unknown) {
            LOG.warn("{} for {}: its certificate is verified", unknown.getMessage(), endpoint);
            return new EndpointCertificate.Verified();
        }
    }

    /** Chooses for one endpoint, and keeps it. */
    static void choose(ConfigFile config, Endpoint endpoint, EndpointCertificate certificate) throws PortholeException {
        if (endpoint.scheme() != Endpoint.Scheme.HTTPS) {
            throw new PortholeException(
                    Kind.WRONG_USE, "certificate: given for " + endpoint + " (expected: an https:// endpoint)");
        }
        boolean verified = certificate instanceof EndpointCertificate.Verified;
        try {
            config.update(choices ->
                    choices.withEndpointCertificate(endpoint.toString(), verified ? null : certificate.toString()));
        } catch (IOException failed) {
            throw Failures.of(failed, null);
        }
    }
}
