package dev.porthole.server.identity;

import io.undertow.util.Headers;
import java.util.Optional;

/**
 * The cookies of the pages: the session's, the one that form tokens are bound to, and what others keep for a while. On
 * https they are {@code __Host-} ones, which no other host and no plain http can set. Safe from any thread.
 */
final class BrowserCookies {
    private final String prefix;
    private final String attributes;
    private final BrowserSessions sessions;
    private final DerivationKey derivation;

    BrowserCookies(PublicAddresses addresses, BrowserSessions sessions, DerivationKey derivation) {
        this.prefix = addresses.secure() ? "__Host-porthole_" : "porthole_";
        this.attributes = "; Path=/; HttpOnly; SameSite=Lax" + (addresses.secure() ? "; Secure" : "");
        this.sessions = sessions;
        this.derivation = derivation;
    }

    /** Who is signed in. */
    Optional<BrowserSessions.Session> session(WebRequest request) {
        return sessionSecret(request).flatMap(sessions::find);
    }

    /** Signs in: ends the session that there was and begins another, so that nobody can have planted it. */
    void beginSession(WebRequest request, String userId) {
        sessionSecret(request).ifPresent(sessions::end);
        String client = BrowserName.of(request.header(Headers.USER_AGENT));
        set(request, "session", sessions.begin(userId, request.address(), client), lifetime());
    }

    /** Signs out. */
    void endSession(WebRequest request) {
        sessionSecret(request).ifPresent(sessions::end);
        set(request, "session", "", 0);
        set(request, "form", "", 0);
    }

    /** The token that a form shown now must bring back; sets the cookie that it is bound to, if there is none. */
    String formToken(WebRequest request) {
        return derivation.derive(
                "form", bound(request) + " " + sessionSecret(request).orElse(""));
    }

    /** What is the same for this browser and for no other, and tells nothing of its cookies. */
    String browser(WebRequest request) {
        return derivation.derive("browser", bound(request));
    }

    private String bound(WebRequest request) {
        String bound = request.cookie(prefix + "form");
        if (bound == null || bound.length() < 43) {
            bound = OpaqueToken.next("");
            set(request, "form", bound, lifetime());
        }
        return bound;
    }

    /** Whether a form is one that we showed to this browser in this session. */
    boolean isOurForm(WebRequest request, String token) {
        String bound = request.cookie(prefix + "form");
        return bound != null
                && !request.isFromAnotherSite()
                && OpaqueToken.same(
                        derivation.derive(
                                "form", bound + " " + sessionSecret(request).orElse("")),
                        token);
    }

    private Optional<String> sessionSecret(WebRequest request) {
        return value(request, "session");
    }

    /** The value of a cookie; empty if the browser has none. */
    Optional<String> value(WebRequest request, String name) {
        return Optional.ofNullable(request.cookie(prefix + name)).filter(value -> !value.isEmpty());
    }

    private int lifetime() {
        return (int) sessions.lifetime().toSeconds();
    }

    /** Sets a cookie; no seconds take it away. */
    void set(WebRequest request, String name, String value, int seconds) {
        request.exchange()
                .getResponseHeaders()
                .add(Headers.SET_COOKIE, prefix + name + "=" + value + "; Max-Age=" + seconds + attributes);
    }
}
