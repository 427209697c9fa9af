package dev.porthole.server.identity;

import dev.porthole.server.identity.Principal.UserPrincipal;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.PathTemplateMatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of someone who is signed in with a browser, for pages of other packages. What it reads is untrusted, save
 * who it is.
 */
public final class Visit {
    private final WebRequest request;
    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final BrowserSessions.Session session;
    private final Map<String, List<String>> form;

    Visit(
            WebRequest request,
            BrowserPages browser,
            BrowserCookies cookies,
            BrowserSessions.Session session,
            Map<String, List<String>> form) {
        this.request = request;
        this.browser = browser;
        this.cookies = cookies;
        this.session = session;
        this.form = form;
    }

    public HttpServerExchange exchange() {
        return request.exchange();
    }

    /** Who calls; their credential is the browser's session. */
    public UserPrincipal person() {
        return new UserPrincipal(session.userId(), session.id());
    }

    public String userName() {
        return session.userName();
    }

    /** The server's address, as apps are given it. */
    public String server() {
        return browser.server();
    }

    /** The address that the browser comes from. */
    public String address() {
        return request.address();
    }

    /** What the forms of the page bring back as {@code form_token}. */
    public String formToken() {
        return cookies.formToken(request);
    }

    /** The value of a segment in braces of the page's path. */
    public String path(String name) {
        PathTemplateMatch match = request.exchange().getAttachment(PathTemplateMatch.ATTACHMENT_KEY);
        String value = match == null ? null : match.getParameters().get(name);
        if (value == null) {
            throw new IllegalStateException("no {" + name + "} in the page's path");
        }
        return value;
    }

    /** A parameter of the address; empty if it isn't there exactly once. */
    public String query(String name) {
        return WebRequest.field(request.query(), name);
    }

    /** A field of the form, without blanks around it; empty if it isn't there exactly once. */
    public String field(String name) {
        return WebRequest.field(form, name).strip();
    }

    /** A field whose blanks count, such as a password. */
    public String secret(String name) {
        return WebRequest.field(form, name);
    }

    /** All values of a field, such as those of boxes that are ticked. */
    public List<String> fields(String name) {
        return form.getOrDefault(name, List.of());
    }

    /** Where an event stream goes on, as the browser says it. */
    public Optional<String> lastEventId() {
        @Nullable String given = request.header(BrowserVisits.LAST_EVENT_ID);
        return Optional.ofNullable(given);
    }

    /** Sends the browser to a page of ours. */
    public void go(String pathAndQuery) {
        browser.go(request, pathAndQuery);
    }
}
