package dev.porthole.server.identity;

import dev.porthole.core.api.SecondFactorSetup;
import dev.porthole.core.api.SecondFactorStatus;
import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import dev.porthole.server.identity.Principal.UserPrincipal;
import io.undertow.util.Headers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pages where people switch codes on and off: password, picture, first code, recovery codes. */
final class SecondFactorPages {
    static final String PATH = "/second-factor";
    static final String PICTURE = PATH + "/picture.svg";

    /** What to do with the form of someone who is signed in. */
    @FunctionalInterface
    private interface Step {
        void take(UserPrincipal person, Map<String, List<String>> form) throws RefusedException;
    }

    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final OwnAccount account;

    SecondFactorPages(BrowserPages browser, BrowserCookies cookies, OwnAccount account) {
        this.browser = browser;
        this.cookies = cookies;
        this.account = account;
    }

    /** {@code GET /second-factor}: whatever is next. */
    void show(WebRequest request) {
        Optional<UserPrincipal> person = person(request);
        if (person.isEmpty()) {
            browser.go(request, "/sign-in" + Destination.page(PATH).query());
        } else {
            show(request, person.get(), 200, null, null);
        }
    }

    /** {@code GET /second-factor/picture.svg}: the QR code, while it is being set up. */
    void picture(WebRequest request) {
        Optional<SecondFactorSetup> setup = person(request).flatMap(account::setup);
        if (setup.isEmpty()) {
            browser.problem(request, 404, "Nothing is here", "No code is being set up now.");
            return;
        }
        Pages.protect(request.exchange(), null);
        request.exchange().getResponseHeaders().put(Headers.CONTENT_TYPE, "image/svg+xml");
        request.exchange().getResponseSender().send(OtpAuth.picture(setup.get().uri()));
    }

    /** {@code POST /second-factor}: the password, to begin. */
    void begin(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        step(request, (person, form) -> {
            account.beginSecondFactor(person, WebRequest.field(form, "password"), request.address());
            browser.go(request, PATH);
        });
    }

    /**
     * {@code POST /second-factor/confirm}: the first code. The recovery codes are shown in its answer, and never again.
     */
    void confirm(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        step(request, (person, form) -> {
            List<String> codes = account.confirmSecondFactor(person, WebRequest.field(form, "code"), request.address())
                    .recoveryCodes();
            Pages.send(request.exchange(), 200, new Page.RecoveryCodes(codes));
        });
    }

    /** {@code POST /second-factor/off}: password and code. */
    void remove(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        step(request, (person, form) -> {
            account.removeSecondFactor(
                    person, WebRequest.field(form, "password"), WebRequest.field(form, "code"), request.address());
            browser.go(request, PATH);
        });
    }

    private void step(WebRequest request, Step step) throws WebRequest.UnreadableFormException, IOException {
        Map<String, List<String>> form = request.form();
        if (!cookies.isOurForm(request, WebRequest.field(form, "form_token"))) {
            browser.staleForm(request);
            return;
        }
        Optional<UserPrincipal> person = person(request);
        if (person.isEmpty()) {
            browser.go(request, "/sign-in" + Destination.page(PATH).query());
            return;
        }
        try {
            step.take(person.get(), form);
        } catch (RefusedException refused) {
            if (refused.reason() == RefusedException.Reason.TOO_MANY) {
                show(request, person.get(), 429, SignInPages.tooMany(request, refused.retryAfter()), null);
            } else {
                show(request, person.get(), 422, words(refused), refused.field());
            }
        }
    }

    private static @Nullable String words(RefusedException refused) {
        return switch (String.valueOf(refused.field())) {
            case "password" -> "This is not your password.";
            case "code" -> "This code is wrong, or was used before.";
            default -> refused.getMessage();
        };
    }

    private void show(
            WebRequest request, UserPrincipal person, int status, @Nullable String problem, @Nullable String field) {
        SecondFactorStatus now = account.secondFactor(person);
        Optional<SecondFactorSetup> setup = account.setup(person);
        String token = cookies.formToken(request);
        Page page;
        if (now.on()) {
            page = new Page.SecondFactorOn(PATH + "/off", token, now.recoveryCodes(), problem, field);
        } else if (setup.isPresent()) {
            page = new Page.SecondFactorSetUp(
                    PATH + "/confirm",
                    token,
                    PICTURE,
                    setup.get().uri(),
                    setup.get().secret(),
                    problem,
                    field);
        } else if (now.available()) {
            page = new Page.SecondFactorOff(PATH, token, problem, field);
        } else {
            page = new Page.Problem(
                    "No codes for this account",
                    "this account has no password here (expected: one that does)",
                    "The provider that you sign in with looks after the second step.");
        }
        Pages.send(request.exchange(), status, page);
    }

    private Optional<UserPrincipal> person(WebRequest request) {
        return cookies.session(request).map(session -> new UserPrincipal(session.userId(), session.id()));
    }
}
