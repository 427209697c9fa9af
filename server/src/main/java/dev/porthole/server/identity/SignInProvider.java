package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.porthole.server.config.ProviderSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A provider of accounts, as the pages use it. Safe from any thread; blocking. */
interface SignInProvider {
    /**
     * One way of a browser to the provider and back.
     *
     * @param redirectUri where it comes back: one for each provider, so that no answer is taken for another's
     */
    record Trip(URI redirectUri, String state, String nonce, CodeVerifier verifier) {}

    ProviderSettings settings();

    /** Where the browser goes. */
    URI authorization(Trip trip) throws ProviderException;

    /**
     * Who came back.
     *
     * @param answer the parameters that the browser brought, with a {@code code} among them
     */
    ExternalIdentity identify(Trip trip, Map<String, List<String>> answer) throws ProviderException;
}
