package dev.porthole.server.identity;

import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import dev.porthole.server.identity.BrowserSessions.Session;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a browser to a provider and back: to sign in, or to link a sign-in to the account that it is signed in to.
 */
final class ProviderPages {
    static final String WITH = "/sign-in/with/";
    static final String BACK = "/sign-in/from/";
    static final String LINK = "/sign-in/link/";

    private static final Logger LOG = LoggerFactory.getLogger(ProviderPages.class);
    private static final HttpString REFRESH = new HttpString("Refresh");

    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final Providers providers;
    private final ProviderAttempts attempts;
    private final Logins logins;
    private final SignInPages signInPages;
    private final SignInThrottle throttle;

    ProviderPages(
            BrowserPages browser,
            BrowserCookies cookies,
            Providers providers,
            ProviderAttempts attempts,
            Logins logins,
            SignInPages signInPages,
            InstantSource clock) {
        this.browser = browser;
        this.cookies = cookies;
        this.providers = providers;
        this.attempts = attempts;
        this.logins = logins;
        this.signInPages = signInPages;
        this.throttle = new SignInThrottle(clock);
    }

    /** {@code GET /sign-in/with/{provider}}: leaves for the provider. */
    void leave(WebRequest request) {
        Optional<SignInProvider> provider = provider(request);
        if (provider.isEmpty()) {
            return;
        }
        signInPages.destination(request).ifPresent(to -> {
            if (request.isFromAnotherSite()) {
                // No other site decides that somebody signs in: they press the button themselves.
                browser.go(request, "/sign-in" + to.query());
            } else {
                begin(request, provider.get(), to.query(), null).ifPresent(where -> browser.goTo(request, where));
            }
        });
    }

    /** {@code GET /sign-in/link/{provider}}: asks whether a sign-in is to be linked to this account. */
    void showLink(WebRequest request) {
        Optional<SignInProvider> provider = provider(request);
        Optional<Session> session = cookies.session(request);
        if (provider.isPresent() && session.isEmpty()) {
            browser.go(
                    request,
                    "/sign-in"
                            + Destination.page(request.exchange().getRequestPath())
                                    .query());
        } else if (provider.isPresent()) {
            Pages.send(
                    request.exchange(),
                    200,
                    new Page.LinkLogin(
                            LINK + provider.get().settings().name(),
                            cookies.formToken(request),
                            provider.get().settings().title(),
                            session.orElseThrow().userName()));
        }
    }

    /** {@code POST /sign-in/link/{provider}}: leaves for the provider, to link. */
    void link(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        if (!cookies.isOurForm(request, WebRequest.field(request.form(), "form_token"))) {
            browser.staleForm(request);
            return;
        }
        Optional<SignInProvider> provider = provider(request);
        Optional<Session> session = cookies.session(request);
        if (provider.isPresent() && session.isPresent()) {
            begin(request, provider.get(), "", session.get().userId()).ifPresent(where -> {
                // A form's answer may redirect to us alone, and whereto a provider redirects nobody knows: so by a
                // page.
                request.exchange().getResponseHeaders().put(REFRESH, "0; url=" + where);
                Pages.send(
                        request.exchange(),
                        200,
                        new Page.Onward(provider.get().settings().title(), where.toString()));
            });
        } else if (provider.isPresent()) {
            browser.go(request, "/sign-in");
        }
    }

    /** {@code GET /sign-in/from/{provider}}: comes back with a code or with an error. */
    void comeBack(WebRequest request) {
        Optional<SignInProvider> found = provider(request);
        if (found.isEmpty()) {
            return;
        }
        SignInProvider provider = found.get();
        Map<String, List<String>> answer = request.query();
        Optional<ProviderAttempts.Attempt> attempt =
                attempts.end(cookies.browser(request), provider.settings().name(), WebRequest.field(answer, "state"));
        if (attempt.isEmpty()) {
            problem(
                    request,
                    400,
                    "This sign-in can't go on",
                    "state: it was used, is older than 10 minutes, or belongs to another browser");
            return;
        }
        String title = provider.settings().title();
        if (answer.containsKey("error") || WebRequest.field(answer, "code").isEmpty()) {
            problem(request, 403, title + " did not sign you in", told(answer));
            return;
        }
        try {
            ExternalIdentity who = provider.identify(attempt.get().trip(), answer);
            throttle.succeeded(key(request), request.address());
            arrive(request, provider, attempt.get(), who);
        } catch (ProviderException failed) {
            LOG.warn("sign-in with {} failed: {}", provider.settings().name(), failed.getMessage());
            problem(request, 502, title + " can't be used now", String.valueOf(failed.getMessage()));
        }
    }

    private void arrive(
            WebRequest request, SignInProvider provider, ProviderAttempts.Attempt attempt, ExternalIdentity who) {
        if (attempt.linkTo() != null) {
            linked(request, provider, attempt.linkTo(), who);
            return;
        }
        switch (logins.arrive(provider.settings(), who)) {
            case Logins.Arrival.SignedIn in ->
                signInPages
                        .destination(request, attempt.target())
                        .ifPresent(to -> signInPages.enter(request, to, in.userId()));
            case Logins.Arrival.NotAllowed() ->
                problem(
                        request,
                        403,
                        "You can't sign in here yet",
                        who.name() + " of " + provider.settings().title() + ", id " + who.subject());
            case Logins.Arrival.Inactive() ->
                problem(request, 403, "This account is switched off", "An administrator has deactivated it.");
        }
    }

    /** Whoever comes back must still be signed in to the account that wanted the link. */
    private void linked(WebRequest request, SignInProvider provider, String userId, ExternalIdentity who) {
        String title = provider.settings().title();
        boolean same = cookies.session(request)
                .filter(session -> session.userId().equals(userId))
                .isPresent();
        if (!same) {
            problem(request, 403, "Nothing was linked", "This browser is not signed in to the account any more.");
        } else if (logins.link(userId, provider.settings(), who)) {
            browser.go(request, "/");
        } else {
            problem(
                    request,
                    409,
                    "Nothing was linked",
                    who.name() + " of " + title + " signs in to another account here already.");
        }
    }

    private Optional<URI> begin(WebRequest request, SignInProvider provider, String target, @Nullable String linkTo) {
        var wait = throttle.attempt(key(request), request.address());
        if (wait.isPositive()) {
            problem(request, 429, "Too many attempts", SignInPages.tooMany(request, wait));
            return Optional.empty();
        }
        try {
            return Optional.of(provider.authorization(
                    attempts.begin(cookies.browser(request), provider.settings().name(), target, linkTo)));
        } catch (ProviderException failed) {
            LOG.warn("sign-in with {} failed: {}", provider.settings().name(), failed.getMessage());
            problem(
                    request,
                    502,
                    provider.settings().title() + " can't be used now",
                    String.valueOf(failed.getMessage()));
            return Optional.empty();
        }
    }

    /** The provider of the path; if there is none, the browser has got its answer. */
    private Optional<SignInProvider> provider(WebRequest request) {
        Optional<SignInProvider> found = providers.find(request.path("provider"));
        if (found.isEmpty()) {
            problem(request, 404, "Nothing is here", "This server has no such way to sign in.");
        }
        return found;
    }

    private static String told(Map<String, List<String>> answer) {
        String error = WebRequest.field(answer, "error");
        String words = WebRequest.field(answer, "error_description");
        String all = (error.isEmpty() ? "its answer has no code" : error) + (words.isEmpty() ? "" : ": " + words);
        return all.length() > 300 ? all.substring(0, 300) + "…" : all;
    }

    private static String key(WebRequest request) {
        return "provider " + request.address();
    }

    private static void problem(WebRequest request, int status, String title, String detail) {
        Pages.send(
                request.exchange(),
                status,
                new Page.Problem(title, detail, "Go back to the sign-in page and start again."));
    }
}
