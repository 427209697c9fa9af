package dev.porthole.core.declared;

import java.nio.file.Path;

/**
 * Something in a declaration that can't be.
 *
 * @param line from 1; 0 for the file as a whole
 * @param column from 1
 * @param where the place in the document, such as {@code tunnels.web}; empty for its top
 * @param text what was given and what was expected
 */
public record DeclarationProblem(Path file, int line, int column, String where, String text) {
    /** One line, in the form that editors and terminals make a link of: {@code porthole.yml:4:15: ...}. */
    @Override
    public String toString() {
        String position = line == 0 ? "" : ":" + line + ":" + column;
        return file + position + ": " + (where.isEmpty() ? "" : where + ": ") + text;
    }
}
