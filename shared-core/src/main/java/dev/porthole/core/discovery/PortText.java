package dev.porthole.core.discovery;

import java.util.regex.Pattern;

/** Ports in the words of system tools. */
final class PortText {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

    private PortText() {}

    /** The port of {@code *:3000}, {@code 127.0.0.1:3000}, {@code [::1]:3000}; 0 if there is none. */
    static int afterLastColon(String address) {
        String port = address.substring(address.lastIndexOf(':') + 1);
        return DIGITS.matcher(port).matches() ? Integer.parseInt(port) : 0;
    }
}
