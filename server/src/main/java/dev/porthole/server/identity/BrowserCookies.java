package dev.porthole.server.identity;

import io.undertow.util.Headers;
import java.util.Optional;

/**
 * The cookies of the pages: the session's, the one that form tokens are bound to, and for a while where a sign-in is to
 * lead. On https they are {@code __Host-} ones, which no other host and no plain http can set. Safe from any thread.
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
        set(request, "session", sessions.begin(userId), (int) BrowserSessions.ABSOLUTE.toSeconds());
    }

    /** Signs out. */
    void endSession(WebRequest request) {
        sessionSecret(request).ifPresent(sessions::end);
        set(request, "session", "", 0);
        set(request, "form", "", 0);
    }

    /** The token that a form shown now must bring back; sets the cookie that it is bound to, if there is none. */
    String formToken(WebRequest request) {
        String bound = request.cookie(prefix + "form");
        if (bound == null || bound.length() < 43) {
            bound = OpaqueToken.next("");
            set(request, "form", bound, (int) BrowserSessions.ABSOLUTE.toSeconds());
        }
        return derivation.derive("form", bound + " " + sessionSecret(request).orElse(""));
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

    /** Remembers for the sign-in that comes now that a device waits, with the code that was in its link. */
    void returnToDevice(WebRequest request, Optional<UserCode> code) {
        set(request, "next", code.map(UserCode::letters).orElse("device"), (int) DeviceCodes.LIFETIME.toSeconds());
    }

    /** Where a sign-in that no client asked for leads: to the device page if that sent here, else to the front page. */
    String next(WebRequest request) {
        String next = request.cookie(prefix + "next");
        if (next == null || next.isEmpty()) {
            return "/";
        }
        set(request, "next", "", 0);
        return UserCode.typed(next)
                .map(code -> DevicePages.PATH + "?user_code=" + code.shown())
                .orElse(DevicePages.PATH);
    }

    private Optional<String> sessionSecret(WebRequest request) {
        return Optional.ofNullable(request.cookie(prefix + "session")).filter(secret -> !secret.isEmpty());
    }

    private void set(WebRequest request, String name, String value, int seconds) {
        request.exchange()
                .getResponseHeaders()
                .add(Headers.SET_COOKIE, prefix + name + "=" + value + "; Max-Age=" + seconds + attributes);
    }
}
