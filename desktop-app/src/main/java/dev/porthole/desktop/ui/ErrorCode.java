package dev.porthole.desktop.ui;

import java.util.Locale;

/** A short code that the same bug gives each time, so that a person can name it in a report. */
final class ErrorCode {
    private ErrorCode() {}

    /** Four letters and digits made from the exception's type and the place that threw it. */
    static String of(Throwable bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        String place = trace.length == 0 ? "" : trace[0].getClassName() + "#" + trace[0].getMethodName();
        int hash = (bug.getClass().getName() + "@" + place).hashCode();
        String digits = Integer.toUnsignedString(hash, 36).toUpperCase(Locale.ROOT);
        return ("000" + digits).substring(digits.length() + 3 - 4);
    }
}
