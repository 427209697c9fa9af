package dev.porthole.server.control;

/** The rule for text that people gave and others will see. */
final class Texts {
    private static final int LONGEST = 100;

    private Texts() {}

    /**
     * The text without blanks around it.
     *
     * @throws ProblemException 400 if it is empty, too long or has control characters
     */
    static String line(String field, String given) {
        String text = given.strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw ProblemException.invalid(
                    field, field + ": " + text.length() + " characters (expected: 1-" + LONGEST + ")");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(field, field + ": has control characters (expected: one line of text)");
        }
        return text;
    }
}
