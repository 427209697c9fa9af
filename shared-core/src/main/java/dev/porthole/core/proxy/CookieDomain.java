package dev.porthole.core.proxy;

import java.util.List;
import java.util.Locale;

/** The {@code Domain} of a cookie (RFC 6265, section 5.2.3) that an app set for the host that it takes itself for. */
final class CookieDomain {
    private CookieDomain() {}

    /**
     * The field without such a domain: a browser at the public address would throw the cookie away; without a domain it
     * is the public host's, and no other's.
     *
     * @param hosts the app's own, in lower case
     */
    static String without(String setCookie, List<String> hosts) {
        if (!setCookie.toLowerCase(Locale.ROOT).contains("domain")) {
            return setCookie;
        }
        StringBuilder kept = new StringBuilder(setCookie.length());
        boolean first = true;
        for (String part : setCookie.split(";", -1)) {
            if (first) {
                kept.append(part);
                first = false;
            } else if (!isDomainOf(part, hosts)) {
                kept.append(';').append(part);
            }
        }
        return kept.toString();
    }

    private static boolean isDomainOf(String attribute, List<String> hosts) {
        int equals = attribute.indexOf('=');
        if (equals < 0 || !attribute.substring(0, equals).strip().equalsIgnoreCase("domain")) {
            return false;
        }
        String domain = attribute.substring(equals + 1).strip().toLowerCase(Locale.ROOT);
        return hosts.contains(domain.startsWith(".") ? domain.substring(1) : domain);
    }
}
