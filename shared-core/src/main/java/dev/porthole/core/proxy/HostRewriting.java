package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request's public address and what an app sees of it.
 *
 * <p>Unless the tunnel shows the visitor's own Host, the app sees a request as if it came to the app's address itself:
 * {@code Host}, {@code Origin} and {@code Referer}, and what the edge says of the visitor's address, agree, so that
 * checks against forgery hold whichever of them an app compares. Answers that lead to the app's address lead to the
 * public one. All of it by comparing prefixes, without parsing: what is not exactly the one address stays as it was.
 */
final class HostRewriting {
    private final String publicScheme;
    private final String publicAuthority;
    private final Endpoint endpoint;
    private final @Nullable String appAuthority;

    /**
     * @param scheme of the public address
     * @param authority as the visitor sent it
     */
    HostRewriting(CarriedTunnel tunnel, String scheme, String authority) {
        this.publicScheme = scheme;
        this.publicAuthority = authority;
        this.endpoint = tunnel.endpoint();
        this.appAuthority = switch (tunnel.hostHeader()) {
            case HostHeader.Visitor _ -> null;
            case HostHeader.Localhost _ -> usual(endpoint.authority());
            case HostHeader.Fixed(String name) -> name;
        };
    }

    /** The {@code Host} that the app gets. */
    String host() {
        return appAuthority == null ? publicAuthority : appAuthority;
    }

    /** A request field's value for the app; null if the app does not get the field. */
    @Nullable
    CharSequence request(String name, CharSequence value) {
        if (appAuthority == null) {
            return value;
        }
        return switch (name) {
            // Either scheme: who ended TLS in front of the edge is not always known.
            case "origin", "referer" ->
                moved(
                        moved(value, "https://" + publicAuthority, appOrigin()),
                        "http://" + publicAuthority,
                        appOrigin());
            case "x-forwarded-host" -> publicAuthority.contentEquals(value) ? appAuthority : value;
            case "x-forwarded-proto" -> endpoint.scheme().urlScheme();
            case "x-forwarded-port" -> port(appAuthority);
            // A proxy's, with the public address in it; the visitor's own address is in X-Forwarded-For too.
            case "forwarded" -> null;
            default -> value;
        };
    }

    /** An answer field's value for the visitor. */
    CharSequence answer(String name, CharSequence value) {
        if (appAuthority == null) {
            return value;
        }
        return switch (name) {
            case "location", "content-location" -> published(value.toString());
            case "refresh" -> refresh(value.toString());
            case "set-cookie" -> CookieDomain.without(value.toString(), appHosts());
            default -> value;
        };
    }

    /** {@code 5; url=http://localhost:3000/}: no standard has it, and every browser follows it. */
    private String refresh(String value) {
        int start = value.toLowerCase(java.util.Locale.ROOT).indexOf("url=");
        if (start < 0) {
            return value;
        }
        int address = start + "url=".length();
        return value.substring(0, address) + published(value.substring(address));
    }

    private String published(String address) {
        for (String authority : appAuthorities()) {
            String origin = endpoint.scheme().urlScheme() + "://" + authority;
            if (isBelow(address, origin)) {
                return publicScheme + "://" + publicAuthority + address.substring(origin.length());
            }
            if (isBelow(address, "//" + authority)) {
                return "//" + publicAuthority + address.substring(authority.length() + 2);
            }
        }
        return address;
    }

    /** How an app may call itself; the longer ones first. */
    private List<String> appAuthorities() {
        List<String> all = new ArrayList<>();
        for (String host : endpoint.isLoopback() ? List.of("localhost", "127.0.0.1", "[::1]") : List.<String>of()) {
            all.add(host + ":" + endpoint.port());
        }
        all.add(endpoint.authority());
        if (appAuthority != null) {
            all.add(appAuthority);
        }
        List<String> usual = all.stream().map(this::usual).toList();
        all.addAll(usual);
        return all;
    }

    private List<String> appHosts() {
        return appAuthorities().stream()
                .map(authority -> authority.substring(0, portColon(authority)))
                .toList();
    }

    private String appOrigin() {
        return endpoint.scheme().urlScheme() + "://" + appAuthority;
    }

    /** Without the scheme's own port, which nobody writes in a Host (RFC 9110, section 4.2.3). */
    private String usual(String authority) {
        String own = endpoint.scheme() == Endpoint.Scheme.HTTPS ? ":443" : ":80";
        return authority.endsWith(own) ? authority.substring(0, authority.length() - own.length()) : authority;
    }

    private String port(String authority) {
        int colon = portColon(authority);
        if (colon < authority.length()) {
            return authority.substring(colon + 1);
        }
        return endpoint.scheme() == Endpoint.Scheme.HTTPS ? "443" : "80";
    }

    private static int portColon(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : authority.length();
    }

    private static CharSequence moved(CharSequence value, String from, String to) {
        String text = value.toString();
        return isBelow(text, from) ? to + text.substring(from.length()) : value;
    }

    private static boolean isBelow(String address, String origin) {
        return address.regionMatches(true, 0, origin, 0, origin.length())
                && (address.length() == origin.length() || "/?#".indexOf(address.charAt(origin.length())) >= 0);
    }
}
