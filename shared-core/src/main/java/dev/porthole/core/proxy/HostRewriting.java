package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import java.util.List;

/**
 * One request's public address and what an app sees of it. A comparison of prefixes, no parsing: what is not exactly
 * the public origin stays as the visitor sent it.
 */
final class HostRewriting {
    private final String publicAuthority;
    private final String publicOrigin;
    private final Endpoint endpoint;
    private final boolean active;

    HostRewriting(CarriedTunnel tunnel, String scheme, String authority) {
        this.publicAuthority = authority;
        this.publicOrigin = scheme + "://" + authority;
        this.endpoint = tunnel.endpoint();
        this.active = tunnel.hostHeader() == HostHeader.localhost;
    }

    /** The {@code Host} that the app gets. */
    String host() {
        return active ? endpoint.authority() : publicAuthority;
    }

    /** A request field's value for the app. */
    CharSequence request(String name, CharSequence value) {
        if (active && (name.equals("origin") || name.equals("referer"))) {
            return replaceOrigin(value, publicOrigin, endpoint.origin());
        }
        return value;
    }

    /** An answer field's value for the visitor. */
    CharSequence answer(String name, CharSequence value) {
        if (!active || !name.equals("location")) {
            return value;
        }
        return localOrigins().stream()
                .filter(origin -> isBelow(value.toString(), origin))
                .findFirst()
                .map(origin -> replaceOrigin(value, origin, publicOrigin))
                .orElse(value);
    }

    private List<String> localOrigins() {
        String scheme = endpoint.scheme().urlScheme();
        if (!endpoint.isLoopback()) {
            return List.of(endpoint.origin());
        }
        return List.of(
                endpoint.origin(), scheme + "://127.0.0.1:" + endpoint.port(), scheme + "://[::1]:" + endpoint.port());
    }

    private static CharSequence replaceOrigin(CharSequence value, String from, String to) {
        String text = value.toString();
        return isBelow(text, from) ? to + text.substring(from.length()) : value;
    }

    private static boolean isBelow(String address, String origin) {
        return address.regionMatches(true, 0, origin, 0, origin.length())
                && (address.length() == origin.length() || "/?#".indexOf(address.charAt(origin.length())) >= 0);
    }
}
