package dev.porthole.server.identity;

import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing out, and the first account. */
final class ConsolePages {
    /** Guesses of the set-up code are counted like those of an account with this impossible name. */
    private static final String SETUP = "\u0000set-up";

    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final Accounts accounts;
    private final SetupCode setupCode;
    private final SignInPages signInPages;
    private final SignInThrottle throttle;
    private final OAuthClients clients;

    ConsolePages(
            BrowserPages browser,
            BrowserCookies cookies,
            Accounts accounts,
            SetupCode setupCode,
            SignInPages signInPages,
            SignInThrottle throttle,
            OAuthClients clients) {
        this.browser = browser;
        this.cookies = cookies;
        this.accounts = accounts;
        this.setupCode = setupCode;
        this.signInPages = signInPages;
        this.throttle = throttle;
        this.clients = clients;
    }

    /** {@code POST /sign-out}. */
    void signOut(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        if (!cookies.isOurForm(request, WebRequest.field(request.form(), "form_token"))) {
            browser.staleForm(request);
            return;
        }
        cookies.endSession(request);
        browser.go(request, "/sign-in");
    }

    /** {@code GET /setup}. */
    void showSetup(WebRequest request) {
        if (accounts.any()) {
            browser.go(request, "/sign-in" + SignInPages.queryOf(request));
        } else {
            showSetup(request, 200, "", "", null, null);
        }
    }

    /** {@code POST /setup}: the code from the log, and the account to make. */
    void setUp(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        Map<String, List<String>> form = request.form();
        if (!cookies.isOurForm(request, WebRequest.field(form, "form_token"))) {
            browser.staleForm(request);
            return;
        }
        String code = WebRequest.field(form, "code");
        String user = WebRequest.field(form, "user");
        if (throttle.attempt(SETUP, request.address()).isPositive()) {
            showSetup(request, 429, code, user, "Too many attempts. Try again in a minute.", null);
            return;
        }
        if (!setupCode.matches(code)) {
            showSetup(request, 422, "", user, "This is not the code that the server printed.", "code");
            return;
        }
        throttle.succeeded(SETUP, request.address());
        try {
            Optional<String> made = accounts.createFirst(user, WebRequest.field(form, "password"));
            if (made.isEmpty()) {
                browser.go(request, "/sign-in" + SignInPages.queryOf(request));
                return;
            }
            enter(request, made.get());
        } catch (UnacceptableAccountException refused) {
            showSetup(request, 422, code, user, refused.getMessage(), refused.field());
        }
    }

    private void enter(WebRequest request, String userId) {
        signInPages.destination(request).ifPresent(to -> signInPages.enter(request, to, userId));
    }

    private void showSetup(
            WebRequest request,
            int status,
            String code,
            String user,
            @Nullable String problem,
            @Nullable String field) {
        @Nullable String reach = null;
        if (AuthorizeRequest.read(clients, request.query()) instanceof AuthorizeRequest.Read.Valid valid) {
            reach = BrowserPages.formsMayReach(valid.request());
        }
        Pages.send(
                request.exchange(),
                status,
                new Page.Setup(
                        "/setup" + SignInPages.queryOf(request),
                        cookies.formToken(request),
                        code,
                        user,
                        problem,
                        field),
                reach);
    }
}
