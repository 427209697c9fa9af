package dev.porthole.core.proxy;

/** The characters of HTTP's grammar (RFC 9110, section 5.6.2). */
final class FieldSyntax {
    private static final boolean[] TOKEN = new boolean[256];

    static {
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[Character.toUpperCase(c)] = true;
        }
        for (char c : "0123456789!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private FieldSyntax() {}

    /** Whether an octet may stand in a field's name. */
    static boolean isTokenOctet(int octet) {
        return TOKEN[octet];
    }

    /** Whether an octet may stand in a field's value, or in the text behind a status (section 5.5). */
    static boolean isTextOctet(int octet) {
        return (octet >= 0x20 && octet != 0x7f) || octet == '\t';
    }

    /** Whether this is one digit or more, and nothing else. */
    static boolean isDigits(CharSequence text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
