package dev.porthole.core.doctor;

import java.util.Locale;

/** How a check went. */
public enum Verdict {
    PASS,
    FAIL,
    /** There was nothing to look at, or something before it failed. */
    SKIP;

    /** The name for programs, such as {@code pass}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
