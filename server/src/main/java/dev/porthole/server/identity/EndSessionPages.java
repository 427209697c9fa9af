package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import dev.porthole.server.console.Page;
import dev.porthole.server.console.Pages;
import dev.porthole.server.identity.BrowserSessions.Session;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /oauth/end-session} (OpenID Connect RP-Initiated Logout 1.0). A client that shows the id token of the person
 * who sits there signs them out without a question, from this browser and from itself: the credential that the token
 * came with ends, and so do its sessions. Everyone else only brings up the question.
 */
final class EndSessionPages {
    static final String PATH = "/oauth/end-session";

    /**
     * What a client asks for.
     *
     * @param redirectUri where the browser is to go afterwards; one of the client's
     */
    private record Asked(
            Optional<RegisteredClient> client,
            Optional<IdTokens.Hint> hint,
            @Nullable String redirectUri,
            @Nullable String state) {
        String target() {
            if (redirectUri == null) {
                return "";
            }
            return state == null
                    ? redirectUri
                    : redirectUri + "?" + URLUtils.serializeParameters(Map.of("state", List.of(state)));
        }

        /** The same as a query, without the token. */
        String query() {
            Map<String, List<String>> fields = new LinkedHashMap<>();
            client.ifPresent(known -> fields.put("client_id", List.of(known.id())));
            if (redirectUri != null) {
                fields.put("post_logout_redirect_uri", List.of(redirectUri));
            }
            if (state != null) {
                fields.put("state", List.of(state));
            }
            return URLUtils.serializeParameters(fields);
        }
    }

    private final BrowserPages browser;
    private final BrowserCookies cookies;
    private final OAuthClients clients;
    private final IdTokens idTokens;
    private final Credentials credentials;

    EndSessionPages(
            BrowserPages browser,
            BrowserCookies cookies,
            OAuthClients clients,
            IdTokens idTokens,
            Credentials credentials) {
        this.browser = browser;
        this.cookies = cookies;
        this.clients = clients;
        this.idTokens = idTokens;
        this.credentials = credentials;
    }

    /** {@code GET /oauth/end-session}. */
    void show(WebRequest request) {
        read(request, request.query()).ifPresent(asked -> show(request, asked));
    }

    /**
     * {@code POST /oauth/end-session}, which another site's form sends without our cookies: what the token is good for
     * is done, and the browser comes back with its cookies.
     */
    void post(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        read(request, request.form()).ifPresent(asked -> {
            if (cookies.session(request).isPresent()) {
                show(request, asked);
                return;
            }
            endFamily(asked);
            String query = asked.query();
            browser.go(request, PATH + (query.isEmpty() ? "" : "?" + query));
        });
    }

    /** {@code POST /oauth/end-session/confirm}: the person has said yes. */
    void confirm(WebRequest request) throws WebRequest.UnreadableFormException, IOException {
        if (!cookies.isOurForm(request, WebRequest.field(request.form(), "form_token"))) {
            browser.staleForm(request);
            return;
        }
        read(request, request.query()).ifPresent(asked -> signOut(request, asked));
    }

    private void show(WebRequest request, Asked asked) {
        Optional<Session> session = cookies.session(request);
        boolean known = session.isEmpty()
                || asked.hint
                        .filter(hint -> hint.userId().equals(session.get().userId()))
                        .isPresent();
        if (!known) {
            showQuestion(request, asked, session.get());
            return;
        }
        endFamily(asked);
        signOut(request, asked);
    }

    private void signOut(WebRequest request, Asked asked) {
        cookies.endSession(request);
        if (asked.redirectUri != null) {
            browser.goToClient(request, asked.target());
        } else {
            Pages.send(
                    request.exchange(),
                    200,
                    new Page.Done(
                            "You are signed out",
                            "Of this server's pages, in this browser.",
                            "You can close this tab."));
        }
    }

    private void endFamily(Asked asked) {
        asked.hint.ifPresent(hint -> credentials.end(hint.family(), "signed out by its client"));
    }

    private void showQuestion(WebRequest request, Asked asked, Session session) {
        String query = asked.query();
        Pages.send(
                request.exchange(),
                200,
                new Page.SignOut(
                        PATH + "/confirm" + (query.isEmpty() ? "" : "?" + query),
                        cookies.formToken(request),
                        session.userName(),
                        asked.client.map(RegisteredClient::name).orElse(null)),
                asked.redirectUri == null ? null : BrowserPages.formsMayReach(asked.redirectUri));
    }

    /** What the parameters ask for; if that can't be, the browser has got its answer. */
    private Optional<Asked> read(WebRequest request, Map<String, List<String>> parameters) {
        try {
            return Optional.of(read(parameters));
        } catch (ParseException wrong) {
            browser.problem(request, 400, "This app can't sign you out", String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private Asked read(Map<String, List<String>> parameters) throws ParseException {
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            if (parameter.getValue().size() > 1) {
                throw new ParseException(parameter.getKey() + ": more than once");
            }
        }
        LogoutRequest asked = LogoutRequest.parse(parameters);
        Optional<IdTokens.Hint> hint =
                Optional.ofNullable(asked.getIDTokenHint()).flatMap(token -> idTokens.hint(token.serialize()));
        String named = asked.getClientID() == null ? null : asked.getClientID().getValue();
        if (named != null && hint.isPresent() && !hint.get().clientId().equals(named)) {
            throw new ParseException("client_id: " + named + " (expected: the one that has the id_token_hint)");
        }
        String id = hint.map(IdTokens.Hint::clientId).orElse(named);
        Optional<RegisteredClient> client = id == null ? Optional.empty() : clients.find(id);
        if (id != null && client.isEmpty()) {
            throw new ParseException("client_id: " + id + " (expected: one that this server knows)");
        }
        URI redirect = asked.getPostLogoutRedirectionURI();
        String target = redirect == null ? null : redirect.toString();
        if (target != null && client.filter(known -> known.owns(target)).isEmpty()) {
            throw new ParseException(
                    "post_logout_redirect_uri: " + target + " (expected: one that the client registered)");
        }
        return new Asked(
                client,
                hint,
                target,
                asked.getState() == null ? null : asked.getState().getValue());
    }
}
