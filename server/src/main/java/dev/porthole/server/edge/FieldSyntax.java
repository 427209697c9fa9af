package dev.porthole.server.edge;

/** The characters of HTTP's grammar (RFC 9110, section 5.6.2). */
final class FieldSyntax {
    private static final boolean[] TOKEN = new boolean[256];

    static {
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'A'; c <= 'Z'; c++) {
            TOKEN[c] = true;
        }
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private FieldSyntax() {}

    /** Whether an octet may stand in a method or a field's name. */
    static boolean isTokenOctet(int octet) {
        return TOKEN[octet];
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
