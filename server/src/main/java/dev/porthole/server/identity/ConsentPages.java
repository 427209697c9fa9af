package dev.porthole.server.identity;

import com.nimbusds.openid.connect.sdk.Prompt;
import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import dev.porthole.server.identity.BrowserSessions.Session;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a person whether somebody else's program may have what it asks for. The request travels as the page's query and
 * is read anew, like those of the sign-in pages.
 */
final class ConsentPages {
    static final String PATH = "/oauth/consent";

    /** A sign-in that the client wanted to see must have happened on the way here. */
    private static final Duration ON_THE_WAY = Duration.ofMinutes(5);

    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final SignInPages signInPages;
    private final AuthorizationAnswers answers;
    private final InstantSource clock;

    ConsentPages(
            BrowserPages browser,
            BrowserCookies cookies,
            SignInPages signInPages,
            AuthorizationAnswers answers,
            InstantSource clock) {
        this.browser = browser;
        this.cookies = cookies;
        this.signInPages = signInPages;
        this.answers = answers;
        this.clock = clock;
    }

    /** {@code GET /oauth/consent}. */
    void show(WebRequest request) {
        signInPages.valid(request, request.query()).ifPresent(asked -> {
            Optional<Session> session = session(request, asked);
            if (session.isEmpty()) {
                browser.go(request, "/oauth/authorize?" + asked.query());
            } else {
                show(request, asked, session.get());
            }
        });
    }

    /** {@code POST /oauth/consent}: yes or no. */
    void decide(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        Map<String, List<String>> form = request.form();
        if (!cookies.isOurForm(request, WebRequest.field(form, "form_token"))) {
            browser.staleForm(request);
            return;
        }
        signInPages.valid(request, request.query()).ifPresent(asked -> {
            Optional<Session> session = session(request, asked);
            if (session.isEmpty()) {
                browser.go(request, "/oauth/authorize?" + asked.query());
            } else if (WebRequest.field(form, "decision").equals("allow")) {
                answers.allow(request, asked, session.get());
            } else {
                answers.deny(request, asked);
            }
        });
    }

    private Optional<Session> session(WebRequest request, AuthorizeRequest asked) {
        return signInPages
                .session(request, asked)
                .filter(session -> !asked.prompt().contains(Prompt.Type.LOGIN)
                        || clock.millis() - session.signedInAt() <= ON_THE_WAY.toMillis());
    }

    private void show(WebRequest request, AuthorizeRequest asked, Session session) {
        Pages.send(
                request.exchange(),
                200,
                new Page.Consent(
                        PATH + "?" + asked.query(),
                        cookies.formToken(request),
                        session.userName(),
                        asked.client().name(),
                        RedirectUris.isLoopback(asked.redirectUri())
                                ? "a program on this computer"
                                : URI.create(asked.redirectUri()).getRawAuthority(),
                        ScopeWords.of(asked.scope())),
                BrowserPages.formsMayReach(asked));
    }
}
