package dev.porthole.server.identity;

/**
 * The one-time code that makes whoever reads the server's log its first administrator: 60 random bits in letters and
 * digits that don't look alike. It lives in memory; each start has another.
 */
final class SetupCode {
    private static final int LENGTH = 12;

    private final String shown = ReadableCode.next(LENGTH);

    /** As it is printed: {@code ABCD-EFGH-JKLM}. */
    String shown() {
        return shown;
    }

    /** Whether someone typed it, with whatever case, dashes and spaces. */
    boolean matches(String typed) {
        return OpaqueToken.same(ReadableCode.letters(shown), ReadableCode.letters(typed));
    }

    @Override
    public String toString() {
        return "SetupCode";
    }
}
