package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.openid.connect.sdk.OIDCError;
import com.nimbusds.openid.connect.sdk.Prompt;
import dev.porthole.server.identity.BrowserSessions.Session;

/**
 * Answers a client that asked for a code, once it is known who sits in front of the browser. Somebody else's program
 * gets one when the person has allowed what it asks for, now or earlier.
 */
final class AuthorizationAnswers {
    private final BrowserPages browser;
    private final AuthorizationCodes codes;
    private final Consents consents;
    private final IdTokens idTokens;

    AuthorizationAnswers(BrowserPages browser, AuthorizationCodes codes, Consents consents, IdTokens idTokens) {
        this.browser = browser;
        this.codes = codes;
        this.consents = consents;
        this.idTokens = idTokens;
    }

    /** Whether this is the person that the client expects; without a hint everyone is (OpenID Connect 3.1.2.1). */
    boolean suits(AuthorizeRequest asked, String userId) {
        return asked.idTokenHint() == null
                || idTokens.hint(asked.idTokenHint())
                        .filter(hint -> hint.userId().equals(userId))
                        .isPresent();
    }

    /** Whether the person has to be asked before the client gets its code. */
    boolean needsConsent(AuthorizeRequest asked, String userId) {
        return !asked.client().firstParty()
                && (asked.prompt().contains(Prompt.Type.CONSENT)
                        || !consents.cover(userId, asked.client(), asked.scope()));
    }

    /** Gives the code, or asks the person first. */
    void answer(WebRequest request, AuthorizeRequest asked, Session session) {
        answer(request, asked, session.userId(), session.signedInAt());
    }

    /** The same for somebody who has just signed in, at a time in milliseconds. */
    void answer(WebRequest request, AuthorizeRequest asked, String userId, long signedInAt) {
        if (!suits(asked, userId)) {
            browser.sendError(request, asked.redirectUri(), asked.state(), OIDCError.LOGIN_REQUIRED);
        } else if (needsConsent(asked, userId)) {
            browser.go(request, ConsentPages.PATH + "?" + asked.query());
        } else {
            give(request, asked, userId, signedInAt);
        }
    }

    /** The person has said yes. */
    void allow(WebRequest request, AuthorizeRequest asked, Session session) {
        consents.grant(session.userId(), asked.client(), asked.scope(), request.address());
        give(request, asked, session.userId(), session.signedInAt());
    }

    /** The person has said no. */
    void deny(WebRequest request, AuthorizeRequest asked) {
        browser.sendError(
                request,
                asked.redirectUri(),
                asked.state(),
                OAuth2Error.ACCESS_DENIED.setDescription("the person has said no"));
    }

    private void give(WebRequest request, AuthorizeRequest asked, String userId, long signedInAt) {
        String code = codes.issue(new AuthorizationCodes.Request(
                userId,
                asked.client().id(),
                asked.redirectUri(),
                asked.challenge(),
                asked.nonce(),
                asked.scope(),
                signedInAt));
        browser.sendCode(request, asked, code);
    }
}
