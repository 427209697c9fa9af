package dev.porthole.server.identity;

import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import dev.porthole.server.identity.BrowserSessions.Session;
import dev.porthole.server.store.Store;
import io.undertow.util.Headers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where people let a device in (RFC 8628 section 3.3): the code, then who asks from where, with a word about whoever
 * sent the code, then yes or no. Wrong codes are throttled, per person and per address.
 */
final class DevicePages {
    static final String PATH = "/device";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final Accounts accounts;
    private final OAuthClients clients;
    private final Consents consents;
    private final DeviceCodes codes;
    private final SignInThrottle throttle;
    private final AccountAudit audit;
    private final Store store;

    DevicePages(
            BrowserPages browser,
            BrowserCookies cookies,
            Accounts accounts,
            OAuthClients clients,
            Consents consents,
            DeviceCodes codes,
            SignInThrottle throttle,
            AccountAudit audit,
            Store store) {
        this.browser = browser;
        this.cookies = cookies;
        this.accounts = accounts;
        this.clients = clients;
        this.consents = consents;
        this.codes = codes;
        this.throttle = throttle;
        this.audit = audit;
        this.store = store;
    }

    /** {@code GET /device}, perhaps with a code: {@code verification_uri} and {@code verification_uri_complete}. */
    void show(WebRequest request) {
        String typed = WebRequest.field(request.query(), "user_code");
        Optional<Session> session = cookies.session(request);
        if (session.isEmpty()) {
            signInFirst(request, typed);
        } else if (typed.isEmpty()) {
            showEntry(request, 200, "", null);
        } else {
            find(request, session.get(), typed);
        }
    }

    /** {@code POST /device}: the code. */
    void enter(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        Map<String, List<String>> form = request.form();
        if (!cookies.isOurForm(request, WebRequest.field(form, "form_token"))) {
            browser.staleForm(request);
            return;
        }
        String typed = WebRequest.field(form, "user_code");
        cookies.session(request)
                .ifPresentOrElse(session -> find(request, session, typed), () -> signInFirst(request, typed));
    }

    /** {@code POST /device/decide}: yes or no. */
    void decide(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        Map<String, List<String>> form = request.form();
        if (!cookies.isOurForm(request, WebRequest.field(form, "form_token"))) {
            browser.staleForm(request);
            return;
        }
        Optional<Session> session = cookies.session(request);
        Optional<UserCode> code = UserCode.typed(WebRequest.field(form, "user_code"));
        if (session.isEmpty() || code.isEmpty()) {
            signInFirst(request, "");
            return;
        }
        if (isThrottled(request, session.get(), code.get().shown())) {
            return;
        }
        boolean allowed = WebRequest.field(form, "decision").equals("allow");
        if (!decide(request, code.get(), session.get(), allowed)) {
            showEntry(request, 422, "", "No device waits for this code any more. Start again on the device.");
            return;
        }
        throttle.succeeded(person(session.get()), request.address());
        Pages.send(
                request.exchange(),
                200,
                allowed
                        ? new Page.Done(
                                "The device is signed in",
                                "It takes a few seconds until it notices.",
                                "You can close this tab and go back to it.")
                        : new Page.Done(
                                "The device was not signed in",
                                "It gets nothing of your account.",
                                "If somebody sent you the code, tell them nothing more. You can close this tab."));
    }

    private boolean decide(WebRequest request, UserCode code, Session session, boolean allowed) {
        String user = session.userId();
        return store.write(handle -> {
            Optional<DeviceCodes.Waiting> decided =
                    codes.decide(handle, code, allowed ? user : null, session.signedInAt());
            decided.ifPresent(waiting -> {
                String deed = allowed ? "device.allowed" : "device.denied";
                audit.record(handle, user, request.address(), deed, waiting.clientId());
                if (allowed) {
                    clients.find(handle, waiting.clientId())
                            .ifPresent(
                                    client -> consents.grant(handle, user, client, waiting.scope(), request.address()));
                }
            });
            return decided.isPresent();
        });
    }

    private void find(WebRequest request, Session session, String typed) {
        Optional<UserCode> code = UserCode.typed(typed);
        if (code.isEmpty()) {
            showEntry(request, 422, typed, "A code has eight letters, such as BCDF-GHJK.");
            return;
        }
        if (isThrottled(request, session, typed)) {
            return;
        }
        Optional<DeviceCodes.Waiting> waiting = codes.waiting(code.get());
        Optional<RegisteredClient> client = waiting.flatMap(found -> clients.find(found.clientId()));
        if (waiting.isEmpty() || client.isEmpty()) {
            showEntry(request, 422, typed, "No device waits for this code. A code ends after ten minutes.");
            return;
        }
        throttle.succeeded(person(session), request.address());
        showApproval(request, session, code.get(), waiting.get(), client.get());
    }

    /** Counts a guess; if there were too many, the browser has got its answer. */
    private boolean isThrottled(WebRequest request, Session session, String typed) {
        Duration wait = throttle.attempt(person(session), request.address());
        if (!wait.isPositive()) {
            return false;
        }
        long seconds = wait.plusMillis(999).toSeconds();
        request.exchange().getResponseHeaders().put(Headers.RETRY_AFTER, Long.toString(seconds));
        showEntry(request, 429, typed, "Too many wrong codes. Try again in a minute.");
        return true;
    }

    /** Whoever signs in again is the same person: a new session brings no new guesses. */
    private static String person(Session session) {
        return "device " + session.userId();
    }

    private void signInFirst(WebRequest request, String typed) {
        String page = UserCode.typed(typed)
                .map(code -> PATH + "?user_code=" + code.shown())
                .orElse(PATH);
        browser.go(
                request,
                (accounts.any() ? "/sign-in" : "/setup")
                        + Destination.page(page).query());
    }

    private void showEntry(WebRequest request, int status, String typed, @Nullable String problem) {
        Pages.send(request.exchange(), status, new Page.DeviceCode(PATH, cookies.formToken(request), typed, problem));
    }

    private void showApproval(
            WebRequest request, Session session, UserCode code, DeviceCodes.Waiting waiting, RegisteredClient client) {
        String here = request.address();
        Pages.send(
                request.exchange(),
                200,
                new Page.DeviceApproval(
                        PATH + "/decide",
                        cookies.formToken(request),
                        code.shown(),
                        client.firstParty() ? "Porthole (app or command line)" : client.name(),
                        waiting.address(),
                        waiting.address().equals(here) ? null : here,
                        TIME.format(Instant.ofEpochMilli(waiting.askedAt())),
                        session.userName(),
                        client.firstParty() ? List.of() : ScopeWords.of(waiting.scope())));
    }
}
