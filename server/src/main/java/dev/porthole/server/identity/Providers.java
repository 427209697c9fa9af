package dev.porthole.server.identity;

import dev.porthole.server.config.ProviderSettings;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers that are configured, by name. Immutable. */
final class Providers {
    private final Map<String, SignInProvider> byName = new LinkedHashMap<>();

    Providers(List<ProviderSettings> settings, ProviderHttp http, InstantSource clock) {
        for (ProviderSettings one : settings) {
            byName.put(
                    one.name(),
                    switch (one.kind()) {
                        case GITHUB -> new GithubProvider(one, http);
                        case GITLAB, OPENID -> new OpenIdProvider(one, http, clock);
                    });
        }
    }

    Optional<SignInProvider> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<ProviderSettings> all() {
        return byName.values().stream().map(SignInProvider::settings).toList();
    }
}
