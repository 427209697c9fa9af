package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import dev.porthole.server.store.StoreUnavailableException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.PathTemplateMatch;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How browsers are answered: on the pages' own host, protected, and sent to nowhere but to us, to our client, and to a
 * configured provider.
 */
final class BrowserPages {
    private static final Logger LOG = LoggerFactory.getLogger(BrowserPages.class);

    /** A handler that may read forms. */
    @FunctionalInterface
    interface Handler {
        void handle(WebRequest request) throws Exception;
    }

    private final PublicAddresses addresses;
    private final Issuer issuer;

    BrowserPages(PublicAddresses addresses) {
        this.addresses = addresses;
        this.issuer = new Issuer(addresses.issuer());
    }

    /** Runs a handler on the pages' host only, so that our cookies stay there; a failure becomes a page. */
    HttpHandler on(Handler handler) {
        return exchange -> {
            WebRequest request = new WebRequest(exchange);
            if (!isOurHost(request.host())) {
                elsewhere(request);
                return;
            }
            try {
                handler.handle(request);
            } catch (WebRequest.UnreadableFormException unreadable) {
                problem(
                        request,
                        unreadable.status(),
                        "This form can't be read",
                        String.valueOf(unreadable.getMessage()));
            } catch (StoreUnavailableException away) {
                LOG.warn("{}: {}", exchange.getRequestPath(), away.getMessage());
                problem(request, 503, "The server can't do this now", "Its log says why. Try again in a moment.");
            } catch (RuntimeException bug) {
                LOG.error("{} failed", route(exchange), bug);
                problem(request, 500, "Something went wrong", "The server's log says more.");
            }
        };
    }

    /** Without the values of its path: some are secrets. */
    private static String route(HttpServerExchange exchange) {
        PathTemplateMatch match = exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY);
        return match == null ? exchange.getRequestPath() : match.getMatchedTemplate();
    }

    /** The server's address, as apps are given it. */
    String server() {
        return addresses.issuer().toString();
    }

    void problem(WebRequest request, int status, String title, String detail) {
        Pages.send(request.exchange(), status, new Page.Problem(title, detail, "Go back to the app and start again."));
    }

    /** A form that isn't ours, or is older than the session that it was shown in. */
    void staleForm(WebRequest request) {
        problem(request, 403, "This page is too old", "The form was not shown by this server in this session.");
    }

    /** Gives a code to the client that asked. */
    void sendCode(WebRequest request, AuthorizeRequest asked, String code) {
        leave(
                request,
                new AuthorizationSuccessResponse(
                                URI.create(asked.redirectUri()),
                                new AuthorizationCode(code),
                                null,
                                asked.state(),
                                issuer,
                                ResponseMode.QUERY)
                        .toURI()
                        .toString());
    }

    /** Tells the client that asked what is wrong. */
    void sendError(WebRequest request, String redirectUri, @Nullable State state, ErrorObject error) {
        leave(
                request,
                new AuthorizationErrorResponse(URI.create(redirectUri), error, state, issuer, ResponseMode.QUERY)
                        .toURI()
                        .toString());
    }

    /** Sends the browser to a page of ours. */
    void go(WebRequest request, String pathAndQuery) {
        // Put together as text: resolving would take a path that begins with two slashes for another host.
        leave(request, addresses.pages() + pathAndQuery);
    }

    /** Sends the browser to a provider that the configuration names. */
    void goTo(WebRequest request, URI provider) {
        leave(request, provider.toString());
    }

    /**
     * The source of the content security policy that lets a form's answer redirect to the client. There is no way to
     * write an IPv6 literal there, so that one opens all of plain http.
     */
    static String formsMayReach(AuthorizeRequest asked) {
        return formsMayReach(asked.redirectUri());
    }

    /** The same for an address that is known to be a client's. */
    static String formsMayReach(String redirectUri) {
        URI redirect = URI.create(redirectUri);
        String scheme = redirect.getScheme() + ":";
        return redirect.getHost().startsWith("[") ? scheme : scheme + "//" + redirect.getRawAuthority();
    }

    /** Sends the browser to an address that is known to be a client's. */
    void goToClient(WebRequest request, String redirectUri) {
        leave(request, redirectUri);
    }

    private static void leave(WebRequest request, String to) {
        Pages.protect(request.exchange(), null);
        // 303: a form's fields, a password among them, are never posted on (RFC 9700 section 4.12).
        request.exchange().setStatusCode(303);
        request.exchange().getResponseHeaders().put(Headers.LOCATION, to);
        request.exchange().endExchange();
    }

    private void elsewhere(WebRequest request) {
        if (request.exchange().getRequestMethod().equals(Methods.GET)) {
            String query = request.rawQuery();
            go(request, request.exchange().getRequestPath() + (query.isEmpty() ? "" : "?" + query));
            return;
        }
        problem(
                request,
                421,
                "This page lives elsewhere",
                "host: " + request.host() + " (expected: " + addresses.pages().getRawAuthority() + ")");
    }

    private boolean isOurHost(String host) {
        return withPort(host).equals(withPort(addresses.pages().getRawAuthority()));
    }

    private String withPort(String authority) {
        String host = authority.toLowerCase(Locale.ROOT);
        boolean hasPort = host.indexOf(':', host.lastIndexOf(']') + 1) >= 0;
        return hasPort ? host : host + (addresses.secure() ? ":443" : ":80");
    }
}
