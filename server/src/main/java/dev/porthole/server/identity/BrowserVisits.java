package dev.porthole.server.identity;

import io.undertow.server.HttpHandler;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The door for pages of other packages: they are on the pages' own host, for people who are signed in, and what is
 * posted to them is a form that they showed. Everyone else gets the sign-in page.
 *
 * <p>Handlers run on virtual threads and may block.
 */
public final class BrowserVisits {
    static final HttpString LAST_EVENT_ID = new HttpString("Last-Event-ID");

    /** Answers a visit. */
    @FunctionalInterface
    public interface Handler {
        void handle(Visit visit) throws Exception;
    }

    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final SignInPages signInPages;

    BrowserVisits(BrowserPages browser, BrowserCookies cookies, SignInPages signInPages) {
        this.browser = browser;
        this.cookies = cookies;
        this.signInPages = signInPages;
    }

    /** The front page: whoever isn't signed in is led to where they can be. */
    public HttpHandler front(Handler handler) {
        return browser.on(request -> {
            Optional<BrowserSessions.Session> session = cookies.session(request);
            if (session.isPresent()) {
                handler.handle(new Visit(request, browser, cookies, session.get(), Map.of()));
            } else {
                browser.go(request, signInPages.entrance());
            }
        });
    }

    /** A page. Without a session it is 401, with the sign-in page. */
    public HttpHandler page(Handler handler) {
        return browser.on(request -> {
            Optional<BrowserSessions.Session> session = cookies.session(request);
            if (session.isPresent()) {
                handler.handle(new Visit(request, browser, cookies, session.get(), Map.of()));
            } else {
                signInPages.refuse(request);
            }
        });
    }

    /** What a page's form is posted to. A form of another site or session is 403. */
    public HttpHandler form(Handler handler) {
        return browser.on(request -> handleForm(request, handler));
    }

    private void handleForm(WebRequest request, Handler handler) throws Exception {
        Map<String, List<String>> form = request.form();
        Optional<BrowserSessions.Session> session = cookies.session(request);
        if (session.isEmpty()) {
            signInPages.refuse(request);
        } else if (cookies.isOurForm(request, WebRequest.field(form, "form_token"))) {
            handler.handle(new Visit(request, browser, cookies, session.get(), form));
        } else {
            browser.staleForm(request);
        }
    }
}
