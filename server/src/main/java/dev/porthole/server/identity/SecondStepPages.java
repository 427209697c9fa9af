package dev.porthole.server.identity;

import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page that asks for a code after the first factor; the request that led here stays its query. */
final class SecondStepPages {
    static final String PATH = "/sign-in/code";

    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final SecondSteps steps;
    private final OwnAccount account;
    private final SignInPages signInPages;

    SecondStepPages(
            BrowserPages browser,
            BrowserCookies cookies,
            SecondSteps steps,
            OwnAccount account,
            SignInPages signInPages) {
        this.browser = browser;
        this.cookies = cookies;
        this.steps = steps;
        this.account = account;
        this.signInPages = signInPages;
    }

    /** {@code GET /sign-in/code}. */
    void show(WebRequest request) {
        signInPages.destination(request).ifPresent(to -> {
            if (steps.user(request).isPresent()) {
                show(request, to, 200, null);
            } else {
                browser.go(request, "/sign-in" + to.query());
            }
        });
    }

    /** {@code POST /sign-in/code}. */
    void answer(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        Map<String, List<String>> form = request.form();
        if (!cookies.isOurForm(request, WebRequest.field(form, "form_token"))) {
            browser.staleForm(request);
            return;
        }
        signInPages.destination(request).ifPresent(to -> answer(request, to, WebRequest.field(form, "code")));
    }

    private void answer(WebRequest request, Destination to, String code) {
        Optional<String> user = steps.user(request);
        if (user.isEmpty() || !steps.attempt(request)) {
            browser.go(request, "/sign-in" + to.query());
            return;
        }
        try {
            if (account.accepts(user.get(), code, request.address())) {
                steps.end(request);
                signInPages.complete(request, to, user.get());
            } else {
                show(request, to, 422, "This code is wrong, or was used before.");
            }
        } catch (RefusedException tooMany) {
            show(request, to, 429, SignInPages.tooMany(request, tooMany.retryAfter()));
        }
    }

    private void show(WebRequest request, Destination to, int status, @Nullable String problem) {
        Pages.send(
                request.exchange(),
                status,
                new Page.SecondStep(PATH + to.query(), cookies.formToken(request), problem, "/sign-in" + to.query()),
                to.formsMayReach());
    }
}
