package dev.porthole.core.wire;

import io.netty.util.AsciiString;

/**
 * Which fields both sides encode as literals that are never indexed (RFC 7541, section 6.2.3).
 *
 * <p>All visitors of a session share one compression context: a secret in its table could be guessed by another visitor
 * who watches sizes (RFC 7541, section 7.1.3). And what is different in each request only pushes out of the table what
 * comes again.
 */
public final class UnindexedFields {
    private static final AsciiString REQUEST_ID = AsciiString.cached(WireHeaders.REQUEST_ID);
    private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
    private static final AsciiString COOKIE = AsciiString.cached("cookie");
    private static final AsciiString SET_COOKIE = AsciiString.cached("set-cookie");

    private UnindexedFields() {}

    /** Whether a field of that name, in lower case, is one of them. */
    public static boolean contains(CharSequence name) {
        return switch (name.length()) {
            case 6 -> COOKIE.contentEquals(name);
            case 10 -> SET_COOKIE.contentEquals(name);
            case 13 -> AUTHORIZATION.contentEquals(name);
            case 19 -> REQUEST_ID.contentEquals(name);
            default -> false;
        };
    }
}
