package dev.porthole.desktop.ui;

import java.util.Locale;

/** Which language a person wants to read. */
public enum Language {
    SYSTEM,
    ENGLISH,
    GERMAN;

    // As the process was started: whoever changes the default later changes nothing here.
    private static final Locale SYSTEM_WORDS = Locale.getDefault(Locale.Category.DISPLAY);
    private static final Locale SYSTEM_FORMATS = Locale.getDefault(Locale.Category.FORMAT);

    /** The language of the texts: the chosen one, or the system's where it is one of ours, or English. */
    public Locale words() {
        return words(SYSTEM_WORDS);
    }

    /** How numbers and times are written: as the system's region does, if it speaks the same language. */
    public Locale formats() {
        return formats(SYSTEM_WORDS, SYSTEM_FORMATS);
    }

    Locale words(Locale system) {
        return switch (this) {
            case ENGLISH -> Locale.ENGLISH;
            case GERMAN -> Locale.GERMAN;
            case SYSTEM -> speak(system, Locale.GERMAN) ? Locale.GERMAN : Locale.ENGLISH;
        };
    }

    Locale formats(Locale system, Locale region) {
        Locale words = words(system);
        return speak(region, words) ? region : words;
    }

    private static boolean speak(Locale one, Locale other) {
        return one.getLanguage().equals(other.getLanguage());
    }
}
