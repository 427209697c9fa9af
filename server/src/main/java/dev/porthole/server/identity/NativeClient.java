package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.Scope;
import java.util.Set;
import java.util.regex.Pattern;

/** The one registered client: the desktop app with its command line, public and first-party (RFC 8252). */
final class NativeClient {
    static final String ID = "porthole-desktop";
    static final Set<String> SCOPES = Set.of("openid", "profile", "email", "offline_access");

    /** The redirect as it is registered; a browser is sent to it with a port only, an owner's code to nowhere. */
    static final String REGISTERED_REDIRECT = "http://127.0.0.1/callback";

    /**
     * Loopback IP literals with any port and the registered path, byte for byte (RFC 8252 section 7.3). Never
     * {@code localhost}: it may be resolved to somewhere else (section 8.3).
     */
    private static final Pattern REDIRECT =
            Pattern.compile("http://(?:127\\.0\\.0\\.1|\\[::1\\]):([1-9][0-9]{0,4})/callback");

    private NativeClient() {}

    /** Whether a code may be sent there. */
    static boolean owns(String redirectUri) {
        var matcher = REDIRECT.matcher(redirectUri);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) <= 65_535;
    }

    /** What is granted of what was asked for: unknown values are left out (RFC 6749 section 3.3). */
    static Scope granted(Scope asked) {
        Scope granted = new Scope();
        asked.stream().filter(value -> SCOPES.contains(value.getValue())).forEach(granted::add);
        return granted;
    }
}
