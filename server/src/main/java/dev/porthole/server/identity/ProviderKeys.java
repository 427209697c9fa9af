package dev.porthole.server.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider's public keys, fetched when a key is wanted that isn't among those known: once in ten seconds at most, so
 * that made-up key ids cause no flood. Known ones are believed for an hour. Safe from any thread; blocking.
 */
final class ProviderKeys implements JWKSource<SecurityContext> {
    private static final Duration BELIEVED = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final ProviderHttp http;
    private final InstantSource clock;
    private final URI address;
    private @Nullable JWKSet known;
    private Instant fetchedAt = Instant.MIN;

    ProviderKeys(ProviderHttp http, InstantSource clock, URI address) {
        this.http = http;
        this.clock = clock;
        this.address = address;
    }

    @Override
    public synchronized List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
            throws KeySourceException {
        Instant now = clock.instant();
        JWKSet keys = known;
        if (keys == null || fetchedAt.plus(BELIEVED).isBefore(now)) {
            keys = fetch(now);
        }
        List<JWK> found = selector.select(keys);
        if (found.isEmpty() && !fetchedAt.plus(PAUSE).isAfter(now)) {
            found = selector.select(fetch(now));
        }
        return found;
    }

    private JWKSet fetch(Instant now) throws KeySourceException {
        try {
            JWKSet fetched = JWKSet.parse(http.get(address, Map.of()));
            known = fetched;
            fetchedAt = now;
            return fetched;
        } catch (ProviderException | ParseException failed) {
            throw new KeySourceException("the provider's keys can't be read: " + failed.getMessage(), failed);
        }
    }
}
