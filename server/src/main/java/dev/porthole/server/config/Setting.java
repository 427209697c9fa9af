package dev.porthole.server.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be set: by {@code --flag}, by {@code PORTHOLE_<SECTION>_<NAME>}, or in the file, in this order.
 *
 * @param standard the value without one, as text; absent if there is none
 * @param expected what a value must look like, for people
 * @param parser gives the value, or throws {@link IllegalArgumentException}
 * @param secret whether a value is never shown, and may come from the file that {@code PORTHOLE_<SECTION>_<NAME>_FILE}
 *     names
 */
record Setting<T>(
        String section,
        String name,
        @Nullable String flag,
        @Nullable String standard,
        String expected,
        String description,
        Parser<T> parser,
        boolean secret) {
    /** Something that may be shown. */
    Setting(
            String section,
            String name,
            @Nullable String flag,
            @Nullable String standard,
            String expected,
            String description,
            Parser<T> parser) {
        this(section, name, flag, standard, expected, description, parser, false);
    }

    /** Turns text into a value. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text);
    }

    /**
     * The value without one.
     *
     * @throws IllegalStateException if there is none, or not a right one: a mistake of ours
     */
    T standardValue() {
        if (standard == null) {
            throw new IllegalStateException(key() + " has no default");
        }
        try {
            return parser.parse(standard);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException(key() + ": " + standard + " (expected: " + expected + ")", wrong);
        }
    }

    /** In the file: {@code listen.port}. */
    String key() {
        return section + "." + name;
    }

    /** Such as {@code PORTHOLE_LISTEN_PORT}. */
    String variable() {
        return "PORTHOLE_"
                + (section + "_" + name)
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')
                        .replace('.', '_');
    }
}
