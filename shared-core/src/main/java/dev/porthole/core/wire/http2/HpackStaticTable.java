package dev.porthole.core.wire.http2;

import io.netty.util.AsciiString;

/** The fields that both ends know from the start (RFC 7541, appendix A). Fields of one name stand beside each other. */
final class HpackStaticTable {
    static final int SIZE = 61;

    static final int PATH = 4;
    static final int AGE = 21;
    static final int CONTENT_LENGTH = 28;
    static final int CONTENT_RANGE = 30;
    static final int ETAG = 34;
    static final int IF_MATCH = 39;
    static final int IF_MODIFIED_SINCE = 40;
    static final int IF_NONE_MATCH = 41;
    static final int IF_RANGE = 42;
    static final int LAST_MODIFIED = 44;
    static final int LOCATION = 46;
    static final int RANGE = 50;
    static final int REFERER = 51;

    private static final AsciiString[] NAMES = new AsciiString[SIZE + 1];
    private static final AsciiString[] VALUES = new AsciiString[SIZE + 1];

    /** By a name's first field: how many fields have the name. */
    private static final byte[] SAME_NAME = new byte[SIZE + 1];

    /** Where a name's first field is, by the name's hash; the next slot if that one is another name's. */
    private static final byte[] SLOTS = new byte[256];

    static {
        String[] fields = """
                :authority
                :method GET
                :method POST
                :path /
                :path /index.html
                :scheme http
                :scheme https
                :status 200
                :status 204
                :status 206
                :status 304
                :status 400
                :status 404
                :status 500
                accept-charset
                accept-encoding gzip, deflate
                accept-language
                accept-ranges
                accept
                access-control-allow-origin
                age
                allow
                authorization
                cache-control
                content-disposition
                content-encoding
                content-language
                content-length
                content-location
                content-range
                content-type
                cookie
                date
                etag
                expect
                expires
                from
                host
                if-match
                if-modified-since
                if-none-match
                if-range
                if-unmodified-since
                last-modified
                link
                location
                max-forwards
                proxy-authenticate
                proxy-authorization
                range
                referer
                refresh
                retry-after
                server
                set-cookie
                strict-transport-security
                transfer-encoding
                user-agent
                vary
                via
                www-authenticate
                """.split("\n");
        int first = 0;
        for (int index = 1; index <= SIZE; index++) {
            String field = fields[index - 1];
            int space = field.indexOf(' ');
            NAMES[index] = AsciiString.cached(space < 0 ? field : field.substring(0, space));
            VALUES[index] = space < 0 ? AsciiString.EMPTY_STRING : AsciiString.cached(field.substring(space + 1));
            if (!NAMES[index].equals(NAMES[first])) {
                first = index;
                int slot = slot(NAMES[first]);
                while (SLOTS[slot] != 0) {
                    slot = next(slot);
                }
                SLOTS[slot] = (byte) first;
            }
            SAME_NAME[first]++;
        }
    }

    private HpackStaticTable() {}

    /** The index of the first field of that name; 0 if there is none. */
    static int indexOf(AsciiString name) {
        int slot = slot(name);
        while (SLOTS[slot] != 0) {
            if (NAMES[SLOTS[slot]].equals(name)) {
                return SLOTS[slot];
            }
            slot = next(slot);
        }
        return 0;
    }

    /** The index of the field with that value, of those with the name of {@code first}; 0 if there is none. */
    static int indexOf(int first, AsciiString value) {
        for (int index = first; index < first + SAME_NAME[first]; index++) {
            if (VALUES[index].equals(value)) {
                return index;
            }
        }
        return 0;
    }

    private static int slot(AsciiString name) {
        return (name.hashCode() * 0x9E3779B1) >>> 24;
    }

    private static int next(int slot) {
        return (slot + 1) & (SLOTS.length - 1);
    }
}
