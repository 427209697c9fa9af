package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.OIDCError;
import com.nimbusds.openid.connect.sdk.Prompt;
import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import dev.porthole.server.identity.BrowserSessions.Session;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of a browser from {@code /oauth/authorize} to a code. The request travels as the query of each page between
 * them, and is read anew at each step, so nothing has to be believed or kept.
 */
final class SignInPages {
    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final Accounts accounts;
    private final OAuthClients clients;
    private final AuthorizationAnswers answers;
    private final SecondFactor secondFactor;
    private final SecondSteps secondSteps;
    private final Providers providers;
    private final Consumer<String> signedIn;
    private final InstantSource clock;

    SignInPages(
            BrowserPages browser,
            BrowserCookies cookies,
            Accounts accounts,
            OAuthClients clients,
            AuthorizationAnswers answers,
            SecondFactor secondFactor,
            SecondSteps secondSteps,
            Providers providers,
            Consumer<String> signedIn,
            InstantSource clock) {
        this.browser = browser;
        this.cookies = cookies;
        this.accounts = accounts;
        this.clients = clients;
        this.answers = answers;
        this.secondFactor = secondFactor;
        this.secondSteps = secondSteps;
        this.providers = providers;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /** {@code GET /oauth/authorize}. */
    void authorize(WebRequest request) {
        authorize(request, request.query());
    }

    /** {@code POST /oauth/authorize}: the same with the parameters in a form (OpenID Connect Core 3.1.2.1). */
    void authorizeByPost(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        authorize(request, request.form());
    }

    /** {@code GET /sign-in}: for the request in the query, or just for the console. */
    void show(WebRequest request) {
        if (!accounts.any()) {
            browser.go(request, "/setup" + queryOf(request));
        } else {
            destination(request).ifPresent(to -> showSignIn(request, to, 200, hint(to.asked()), null));
        }
    }

    /** Where someone without a session begins. */
    String entrance() {
        return accounts.any() ? "/sign-in" : "/setup";
    }

    /** The sign-in page in the place of one that is for signed-in people; it leads back there. */
    void refuse(WebRequest request) {
        boolean comesBack = request.exchange().getRequestMethod().equals(Methods.GET);
        Destination to = comesBack
                ? Destination.page(request.exchange().getRequestURI() + queryOf(request))
                : Destination.FRONT;
        showSignIn(request, to, 401, "", null);
    }

    /** {@code POST /sign-in}: name and password. */
    void signIn(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        Map<String, List<String>> form = request.form();
        if (!cookies.isOurForm(request, WebRequest.field(form, "form_token"))) {
            browser.staleForm(request);
            return;
        }
        Optional<Destination> destination = destination(request);
        if (destination.isEmpty()) {
            return;
        }
        Destination to = destination.get();
        String user = WebRequest.field(form, "user");
        switch (accounts.signIn(user, WebRequest.field(form, "password"), request.address())) {
            case Accounts.Attempt.SignedIn success -> enter(request, to, success.userId());
            case Accounts.Attempt.Wrong() -> showSignIn(request, to, 422, user, "User name or password is wrong.");
            case Accounts.Attempt.Throttled throttled -> {
                String problem = tooMany(request, throttled.retryAfter());
                showSignIn(request, to, 429, user, problem);
            }
        }
    }

    /** {@code POST /sign-in/continue}: with the account that this browser is signed in to. */
    void continueAs(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        if (!cookies.isOurForm(request, WebRequest.field(request.form(), "form_token"))) {
            browser.staleForm(request);
            return;
        }
        valid(request, request.query()).ifPresent(asked -> {
            Optional<Session> session = session(request, asked);
            if (session.isEmpty() || asks(asked, Prompt.Type.LOGIN)) {
                showSignIn(request, Destination.of(asked), 200, hint(asked), null);
            } else {
                answers.answer(request, asked, session.get());
            }
        });
    }

    /** The first factor was right: asks for the second, or signs this browser in. */
    void enter(WebRequest request, Destination to, String userId) {
        if (secondFactor.isOn(userId)) {
            secondSteps.begin(request, userId);
            browser.go(request, SecondStepPages.PATH + to.query());
        } else {
            complete(request, to, userId);
        }
    }

    /** Signs this browser in, and answers the request that led here. */
    void complete(WebRequest request, Destination to, String userId) {
        cookies.beginSession(request, userId);
        signedIn.accept(userId);
        AuthorizeRequest asked = to.asked();
        if (asked == null) {
            browser.go(request, to.page());
        } else {
            answers.answer(request, asked, userId, clock.millis());
        }
    }

    /** Where a page's query leads to after signing in; if nowhere, the browser has got its answer. */
    Optional<Destination> destination(WebRequest request) {
        return destination(request, request.rawQuery());
    }

    /** Where a query that was kept leads to; it may begin with a question mark. */
    Optional<Destination> destination(WebRequest request, String kept) {
        Map<String, List<String>> query = URLUtils.parseParameters(kept.startsWith("?") ? kept.substring(1) : kept);
        if (query.isEmpty()) {
            return Optional.of(Destination.FRONT);
        }
        if (query.size() == 1 && query.containsKey(Destination.BACK)) {
            return Optional.of(Destination.page(WebRequest.field(query, Destination.BACK)));
        }
        return valid(request, query).map(Destination::of);
    }

    /** Says in the answer's head when to try again, and in words for its page. */
    static String tooMany(WebRequest request, Duration retryAfter) {
        long seconds = retryAfter.plusMillis(999).toSeconds();
        request.exchange().getResponseHeaders().put(Headers.RETRY_AFTER, Long.toString(seconds));
        return "Too many attempts. Try again " + in(seconds) + ".";
    }

    /** The request of these parameters; if there is none, the browser has got its answer. */
    Optional<AuthorizeRequest> valid(WebRequest request, Map<String, List<String>> parameters) {
        return switch (AuthorizeRequest.read(clients, parameters)) {
            case AuthorizeRequest.Read.Valid valid -> Optional.of(valid.request());
            case AuthorizeRequest.Read.SendBack back -> {
                browser.sendError(request, back.redirectUri(), back.state(), back.error());
                yield Optional.empty();
            }
            case AuthorizeRequest.Read.Refused refused -> {
                browser.problem(request, 400, "This app can't sign in here", refused.reason());
                yield Optional.empty();
            }
        };
    }

    static String queryOf(WebRequest request) {
        return request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    }

    private void authorize(WebRequest request, Map<String, List<String>> parameters) {
        valid(request, parameters).ifPresent(asked -> {
            Optional<Session> session = session(request, asked);
            // Another site's page may have sent the browser here for a listener of somebody else on this computer, and
            // any program here can call itself by the name of one that was allowed: then the person has to say yes
            // (RFC 8252 section 8.6).
            boolean needsWord = asks(asked, Prompt.Type.SELECT_ACCOUNT)
                    || asks(asked, Prompt.Type.CONSENT)
                    || request.isFromAnotherSite()
                    || (!asked.client().firstParty() && RedirectUris.isLoopback(asked.redirectUri()));
            if (asks(asked, Prompt.Type.NONE)) {
                silently(request, asked, session, needsWord);
            } else if (!accounts.any()) {
                browser.go(request, "/setup?" + asked.query());
            } else if (session.isEmpty() || asks(asked, Prompt.Type.LOGIN)) {
                showSignIn(request, Destination.of(asked), 200, hint(asked), null);
            } else if (asks(asked, Prompt.Type.SELECT_ACCOUNT)
                    || (needsWord && !answers.needsConsent(asked, session.get().userId()))) {
                showChooser(request, asked, session.get());
            } else {
                answers.answer(request, asked, session.get());
            }
        });
    }

    private void silently(WebRequest request, AuthorizeRequest asked, Optional<Session> session, boolean needsWord) {
        if (session.isEmpty()) {
            browser.sendError(request, asked.redirectUri(), asked.state(), OIDCError.LOGIN_REQUIRED);
        } else if (answers.needsConsent(asked, session.get().userId())) {
            browser.sendError(request, asked.redirectUri(), asked.state(), OIDCError.CONSENT_REQUIRED);
        } else if (needsWord) {
            browser.sendError(request, asked.redirectUri(), asked.state(), OIDCError.INTERACTION_REQUIRED);
        } else {
            answers.answer(request, asked, session.get());
        }
    }

    private void showSignIn(WebRequest request, Destination to, int status, String user, @Nullable String problem) {
        Pages.send(
                request.exchange(),
                status,
                new Page.SignIn(
                        "/sign-in" + to.query(),
                        cookies.formToken(request),
                        user,
                        problem,
                        to.asked() == null ? null : appOf(to.asked()),
                        providers.all().stream()
                                .map(one -> new Page.Way(one.title(), ProviderPages.WITH + one.name() + to.query()))
                                .toList()),
                to.formsMayReach());
    }

    private void showChooser(WebRequest request, AuthorizeRequest asked, Session session) {
        Map<String, List<String>> another = new java.util.LinkedHashMap<>(URLUtils.parseParameters(asked.query()));
        another.put("prompt", List.of("login"));
        Pages.send(
                request.exchange(),
                200,
                new Page.Chooser(
                        "/sign-in/continue?" + asked.query(),
                        cookies.formToken(request),
                        session.userName(),
                        appOf(asked),
                        "/sign-in?" + URLUtils.serializeParameters(another)),
                BrowserPages.formsMayReach(asked));
    }

    /** The session of this browser, unless the client wants a younger one or another person's. */
    Optional<Session> session(WebRequest request, AuthorizeRequest asked) {
        return cookies.session(request)
                .filter(one -> asked.maxAge() < 0
                        || clock.millis() - one.signedInAt()
                                <= Duration.ofSeconds(asked.maxAge()).toMillis())
                .filter(one -> answers.suits(asked, one.userId()));
    }

    private static String appOf(AuthorizeRequest asked) {
        return asked.client().firstParty()
                ? "Porthole on this computer"
                : asked.client().name();
    }

    private static boolean asks(AuthorizeRequest asked, Prompt.Type prompt) {
        return asked.prompt().contains(prompt);
    }

    private static String hint(@Nullable AuthorizeRequest asked) {
        return asked == null || asked.loginHint() == null ? "" : asked.loginHint();
    }

    private static String in(long seconds) {
        if (seconds <= 60) {
            return "in a minute";
        }
        return "in " + (seconds + 59) / 60 + " minutes";
    }
}
