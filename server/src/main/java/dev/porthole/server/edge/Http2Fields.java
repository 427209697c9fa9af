package dev.porthole.server.edge;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The field list of one HTTP/2 message, checked as RFC 9113, section 8.2, wants it: names are lower-case tokens, values
 * hold no control characters and no white space at their ends, nothing speaks of the connection. That pseudo-fields
 * come first is the decoder's to check.
 *
 * @param pseudo the fields whose names begin with a colon
 * @param cookies the crumbs of all cookie fields, joined (section 8.2.3); null if there are none
 * @param bytes of the others, as they would be in HTTP/1.1
 */
record Http2Fields(Map<String, String> pseudo, @Nullable CharSequence cookies, int bytes) {
    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path", ":protocol");
    private static final Set<String> CONNECTION_SPECIFIC =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");
    private static final AsciiString COOKIE = AsciiString.cached("cookie");

    /** Colon, space, CR and LF. */
    private static final int LINE_BYTES = 4;

    static Http2Fields read(Http2Headers list) throws Http2Request.Malformed {
        Map<String, String> pseudo = new HashMap<>();
        CharSequence cookies = null;
        int bytes = 0;
        for (Map.Entry<CharSequence, CharSequence> field : list) {
            CharSequence name = field.getKey();
            CharSequence value = field.getValue();
            checkValue(name, value);
            if (isPseudo(name)) {
                String known = name.toString();
                if (!PSEUDO.contains(known) || pseudo.put(known, value.toString()) != null) {
                    throw new Http2Request.Malformed(known + " (expected: once, and one of " + PSEUDO + ")");
                }
                continue;
            }
            checkName(name, value);
            bytes += name.length() + value.length() + LINE_BYTES;
            if (isCookie(name)) {
                cookies = cookies == null ? value : cookies + "; " + value;
            }
        }
        return new Http2Fields(pseudo, cookies, bytes);
    }

    /** Checks trailers, in which nothing begins with a colon. */
    static void checkTrailers(Http2Headers list) throws Http2Request.Malformed {
        if (!read(list).pseudo().isEmpty()) {
            throw new Http2Request.Malformed("a pseudo-field in trailers");
        }
    }

    @Nullable
    String pseudo(String name) {
        return pseudo.get(name);
    }

    static boolean isPseudo(CharSequence name) {
        return !name.isEmpty() && name.charAt(0) == ':';
    }

    static boolean isCookie(CharSequence name) {
        return COOKIE.contentEquals(name);
    }

    private static void checkName(CharSequence name, CharSequence value) throws Http2Request.Malformed {
        for (int at = 0; at < name.length(); at++) {
            char octet = name.charAt(at);
            if (octet > 0xff || !FieldSyntax.isTokenOctet(octet) || (octet >= 'A' && octet <= 'Z')) {
                throw new Http2Request.Malformed("a field's name that is no token in lower case");
            }
        }
        boolean wrongTe =
                AsciiString.contentEquals("te", name) && !AsciiString.contentEqualsIgnoreCase("trailers", value);
        if (name.isEmpty() || wrongTe || CONNECTION_SPECIFIC.contains(name.toString())) {
            throw new Http2Request.Malformed("field " + name + ", which speaks of the connection");
        }
    }

    private static void checkValue(CharSequence name, CharSequence value) throws Http2Request.Malformed {
        int length = value.length();
        for (int at = 0; at < length; at++) {
            char octet = value.charAt(at);
            if ((octet < ' ' && octet != '\t') || octet == 0x7f) {
                throw new Http2Request.Malformed("a control character in " + name);
            }
        }
        if (length > 0 && (isSpace(value.charAt(0)) || isSpace(value.charAt(length - 1)))) {
            throw new Http2Request.Malformed("white space at an end of " + name);
        }
    }

    private static boolean isSpace(char octet) {
        return octet == ' ' || octet == '\t';
    }
}
