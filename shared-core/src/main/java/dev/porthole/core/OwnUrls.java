package dev.porthole.core;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.config.Config;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.observe.Observable;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints whose owners have a public address of their own, as {@code config.yml} has them: this computer's
 * choice, never sent to a server. Any thread.
 *
 * @param fromOutside what {@code PORTHOLE_PUBLIC_URL} says: it takes the place of each that was chosen
 */
record OwnUrls(ConfigFile config, @Nullable URI fromOutside) {
    private static final Logger LOG = LoggerFactory.getLogger(OwnUrls.class);

    /** {@code given}: the variable's value; one that is no address is said in the log, and counts as none. */
    static OwnUrls of(ConfigFile config, @Nullable String given) {
        if (given == null || given.isBlank()) {
            return new OwnUrls(config, null);
        }
        try {
            return new OwnUrls(config, OwnUrl.parse(given));
        } catch (IllegalArgumentException wrong) {
            LOG.warn("PORTHOLE_PUBLIC_URL: {}", wrong.getMessage());
            return new OwnUrls(config, null);
        }
    }

    /** All of them, by endpoint. */
    Observable<Map<Endpoint, OwnUrl>> all() {
        return config.config().map(Config::ownUrls).map(this::understood);
    }

    private Map<Endpoint, OwnUrl> understood(Map<String, String> chosen) {
        Map<Endpoint, OwnUrl> all = new HashMap<>();
        chosen.forEach((endpoint, url) -> {
            try {
                all.put(
                        Endpoint.parse(endpoint),
                        fromOutside == null ? new OwnUrl(OwnUrl.parse(url), false) : new OwnUrl(fromOutside, true));
            } catch (IllegalArgumentException unknown) {
                LOG.warn("{} in the configuration: {}", endpoint, unknown.getMessage());
            }
        });
        return Map.copyOf(all);
    }

    /** Keeps the choice; null takes it back. Writes nothing if it is the same. */
    void choose(Endpoint endpoint, @Nullable URI url) throws PortholeException {
        try {
            config.update(choices -> choices.withOwnUrl(endpoint.toString(), url == null ? null : url.toString()));
        } catch (IOException failed) {
            throw Failures.of(failed, null);
        }
    }
}
