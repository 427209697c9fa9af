package dev.porthole.server.console;

import org.jspecify.annotations.Nullable;

/** What the pages show. Texts are shown as text: the templates escape them. */
public sealed interface Page {
    /**
     * Name and password.
     *
     * @param action where the form goes
     * @param formToken comes back with the form, as {@code form_token}
     * @param user what was typed, or is to be suggested
     * @param problem what was wrong with the last attempt
     * @param forApp whether the desktop app waits for this
     */
    record SignIn(
            String action,
            String formToken,
            String user,
            @Nullable String problem,
            boolean forApp) implements Page {}

    /**
     * The account of this browser, or another.
     *
     * @param another the address of the sign-in page
     */
    record Chooser(String action, String formToken, String user, String another) implements Page {
        /** What stands in the round beside the name. */
        public String initial() {
            return user.substring(0, user.offsetByCodePoints(0, 1)).toUpperCase(java.util.Locale.ROOT);
        }
    }

    /**
     * The first account.
     *
     * @param field which field the problem is about: {@code code}, {@code user} or {@code password}
     */
    record Setup(
            String action,
            String formToken,
            String code,
            String user,
            @Nullable String problem,
            @Nullable String field) implements Page {
        /** The problem, if it is about that field. */
        public @Nullable String problemOf(String name) {
            return name.equals(field) ? problem : null;
        }
    }

    /** Something is wrong, and only the person can mend it. */
    record Problem(String title, String detail, String hint) implements Page {}
}
