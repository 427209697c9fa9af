package dev.porthole.server.identity;

import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How the owner of an embedded server signs in without a question: whoever may open its admin socket gets an
 * authorization code, and redeems it at the token endpoint like any other. No HTTP route leads here. Safe from any
 * thread; blocking.
 */
public final class OwnerCodes {
    private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String SCOPE = "openid profile offline_access";

    private final Accounts accounts;
    private final AuthorizationCodes codes;
    private final Consumer<String> signedIn;
    private final InstantSource clock;

    OwnerCodes(Accounts accounts, AuthorizationCodes codes, Consumer<String> signedIn, InstantSource clock) {
        this.accounts = accounts;
        this.codes = codes;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /**
     * A code of {@link Accounts#createOwner the owner}, for one use within 60 seconds.
     *
     * @param codeChallenge the S256 challenge (RFC 7636) whose verifier the redeemer holds
     * @param redirectUri a loopback redirect of {@code porthole-desktop}; nothing is sent there, but the token request
     *     must name it again
     * @throws IllegalArgumentException if either is not of that form
     */
    public String issue(String codeChallenge, String redirectUri) {
        if (!S256.matcher(codeChallenge).matches()) {
            throw new IllegalArgumentException(
                    "challenge: " + codeChallenge.length() + " characters (expected: 43 of base64url)");
        }
        if (!redirectUri.equals(NativeClient.REGISTERED_REDIRECT) && !NativeClient.owns(redirectUri)) {
            throw new IllegalArgumentException("redirect: " + redirectUri + " (expected: "
                    + NativeClient.REGISTERED_REDIRECT + ", or with a port)");
        }
        String owner = accounts.createOwner();
        signedIn.accept(owner);
        return codes.issue(new AuthorizationCodes.Request(
                owner, NativeClient.ID, redirectUri, codeChallenge, null, SCOPE, clock.millis()));
    }
}
