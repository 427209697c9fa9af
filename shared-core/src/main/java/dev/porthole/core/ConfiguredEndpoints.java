package dev.porthole.core;

import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.InvalidEndpointException;
import dev.porthole.core.config.Config;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.proxy.EndpointCertificate;
import dev.porthole.core.proxy.EndpointTimeout;
import dev.porthole.core.tunnel.EndpointChoices;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was chosen for single endpoints, as {@code config.yml} has it. Never sent to a server. Any thread. */
record ConfiguredEndpoints(ConfigFile config) implements EndpointChoices {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredEndpoints.class);

    /** Verified if nothing is chosen, or nothing that can be understood. */
    @Override
    public EndpointCertificate certificate(Endpoint endpoint) {
        Optional<String> chosen = config.config().get().endpointCertificate(endpoint.toString());
        try {
            return chosen.map(EndpointCertificate::parse).orElseGet(EndpointCertificate.Verified::new);
        } catch (InvalidEndpointException unknown) {
            LOG.warn("{} for {}: its certificate is verified", unknown.getMessage(), endpoint);
            return new EndpointCertificate.Verified();
        }
    }

    /** The usual one (null) if nothing is chosen, or nothing that can be understood. */
    @Override
    public @Nullable EndpointTimeout timeout(Endpoint endpoint) {
        Optional<String> chosen = config.config().get().endpointTimeout(endpoint.toString());
        try {
            return chosen.map(EndpointTimeout::parse).orElse(null);
        } catch (InvalidEndpointException unknown) {
            LOG.warn("{} for {}: it is {}", unknown.getMessage(), endpoint, EndpointTimeout.USUAL);
            return null;
        }
    }

    void choose(Endpoint endpoint, EndpointCertificate certificate) throws PortholeException {
        if (endpoint.scheme() != Endpoint.Scheme.HTTPS) {
            throw new PortholeException(
                    Kind.WRONG_USE, "certificate: given for " + endpoint + " (expected: an https:// endpoint)");
        }
        boolean verified = certificate instanceof EndpointCertificate.Verified;
        keep(choices -> choices.withEndpointCertificate(endpoint.toString(), verified ? null : certificate.toString()));
    }

    void choose(Endpoint endpoint, EndpointTimeout timeout) throws PortholeException {
        if (endpoint.scheme() == Endpoint.Scheme.TCP || endpoint.isFolder()) {
            throw new PortholeException(
                    Kind.WRONG_USE, "timeout: given for " + endpoint + " (expected: an app that answers requests)");
        }
        boolean usual = timeout.equals(EndpointTimeout.USUAL);
        keep(choices -> choices.withEndpointTimeout(endpoint.toString(), usual ? null : timeout.toString()));
    }

    private void keep(UnaryOperator<Config> choice) throws PortholeException {
        try {
            config.update(choice);
        } catch (IOException failed) {
            throw Failures.of(failed, null);
        }
    }
}
