package dev.porthole.core.doctor;

import java.util.Locale;

/**
 * Why a check went as it did. A screen and the command line have the words for it; {@link Finding#values} fill them in
 * the order that is given here.
 */
public enum Reason {
    /** No server is chosen: nothing to look at. */
    NO_SERVER(Verdict.SKIP, Remedy.NONE),
    /** What a check needs has failed before. */
    NEEDS_SERVER(Verdict.SKIP, Remedy.NONE),
    /** No end within the limit. Seconds. */
    TOOK_TOO_LONG(Verdict.FAIL, Remedy.AGAIN),
    /** A defect of the check itself. What was thrown. */
    BROKEN(Verdict.FAIL, Remedy.AGAIN),

    /** Host, addresses. */
    NAME_FOUND(Verdict.PASS, Remedy.NONE),
    /** Host. */
    NAME_UNKNOWN(Verdict.FAIL, Remedy.AGAIN),
    /** Server; it is given by its address, or is this computer. */
    NAME_NOT_NEEDED(Verdict.SKIP, Remedy.NONE),

    /** Server, version, milliseconds. */
    SERVER_ANSWERS(Verdict.PASS, Remedy.NONE),
    /** Server, what went wrong. */
    SERVER_SILENT(Verdict.FAIL, Remedy.AGAIN),
    /** Server, status or what is odd. */
    SERVER_IS_ANOTHER(Verdict.FAIL, Remedy.OPEN_SERVER),

    /** Host, issuer, days left. */
    CERTIFICATE_TRUSTED(Verdict.PASS, Remedy.NONE),
    /** Host, issuer, days left. */
    CERTIFICATE_ENDS_SOON(Verdict.PASS, Remedy.NONE),
    /** Host, day of its end. */
    CERTIFICATE_EXPIRED(Verdict.FAIL, Remedy.AGAIN),
    /** Host, day of its beginning. */
    CERTIFICATE_TOO_NEW(Verdict.FAIL, Remedy.AGAIN),
    /** Host, the names that it is for. */
    CERTIFICATE_OF_ANOTHER(Verdict.FAIL, Remedy.OPEN_SERVER),
    /** Host, issuer, the variable that names more authorities. */
    CERTIFICATE_UNTRUSTED(Verdict.FAIL, Remedy.AGAIN),
    /** Host, what went wrong. */
    CERTIFICATE_NOT_SEEN(Verdict.FAIL, Remedy.AGAIN),
    /** Server; plain http to this computer. */
    CERTIFICATE_NOT_NEEDED(Verdict.SKIP, Remedy.NONE),

    /** Seconds. */
    CLOCK_RIGHT(Verdict.PASS, Remedy.NONE),
    /** Seconds. */
    CLOCK_FAST(Verdict.FAIL, Remedy.AGAIN),
    /** Seconds. */
    CLOCK_SLOW(Verdict.FAIL, Remedy.AGAIN),
    /** The server did not say its time. */
    CLOCK_UNKNOWN(Verdict.SKIP, Remedy.NONE),

    /** How many sessions are up. */
    SESSION_UP(Verdict.PASS, Remedy.NONE),
    /** The upgrade goes through. */
    SESSION_POSSIBLE(Verdict.PASS, Remedy.NONE),
    /** Only WebSocket frames do. Why. */
    SESSION_IN_FRAMES(Verdict.PASS, Remedy.NONE),
    /** Why not. */
    SESSION_BLOCKED(Verdict.FAIL, Remedy.AGAIN),

    /** The system's keychain works. */
    KEYCHAIN_WORKS(Verdict.PASS, Remedy.NONE),
    /** An encrypted file works. */
    KEYCHAIN_SEALED_FILE(Verdict.PASS, Remedy.NONE),
    /** There is no keychain; a private file works. */
    KEYCHAIN_PRIVATE_FILE(Verdict.PASS, Remedy.NONE),
    /** What went wrong. */
    KEYCHAIN_BROKEN(Verdict.FAIL, Remedy.SIGN_IN),
    /** An API key is used: nothing is kept. */
    KEYCHAIN_NOT_NEEDED(Verdict.SKIP, Remedy.NONE),

    /** Endpoints. */
    ENDPOINT_OPEN(Verdict.PASS, Remedy.NONE),
    /** Endpoints that do not. */
    ENDPOINT_CLOSED(Verdict.FAIL, Remedy.SHOW_TUNNELS),
    /** Nothing is shared from here. */
    ENDPOINT_NONE(Verdict.SKIP, Remedy.NONE),

    /** Address, milliseconds. */
    END_TO_END_ANSWERS(Verdict.PASS, Remedy.NONE),
    /** Address, what the server says of it. */
    END_TO_END_REFUSED(Verdict.FAIL, Remedy.SHOW_TUNNELS),
    /** Address, what went wrong. */
    END_TO_END_SILENT(Verdict.FAIL, Remedy.AGAIN),
    /** Nothing is shared from here that answers requests. */
    END_TO_END_NONE(Verdict.SKIP, Remedy.NONE);

    private final Verdict verdict;
    private final Remedy remedy;

    Reason(Verdict verdict, Remedy remedy) {
        this.verdict = verdict;
        this.remedy = remedy;
    }

    /** Whether that is fine. */
    public Verdict verdict() {
        return verdict;
    }

    /** What Porthole can do about it. */
    public Remedy remedy() {
        return remedy;
    }

    /** The name for programs, such as {@code clock-fast}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
