package dev.porthole.core.api;

import java.time.Instant;
import java.util.List;

/**
 * What a person has allowed a program of somebody else's.
 *
 * @param client its {@code client_id}
 * @param scopes as the program asked for them: {@code openid}, {@code profile}, {@code api} …
 * @param grantedAt when the last of them was allowed
 */
public record OAuthConsent(String client, String name, List<String> scopes, Instant grantedAt) {
    public OAuthConsent {
        scopes = List.copyOf(scopes);
    }
}
