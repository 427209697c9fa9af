package dev.porthole.core.declared;

import java.util.List;

/** A file that declares nothing that can be; the message has all problems, a line each. */
public final class DeclarationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<DeclarationProblem> problems;

    DeclarationException(List<DeclarationProblem> problems) {
        super(String.join(
                "\n", problems.stream().map(DeclarationProblem::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, in the file's order; at least one. */
    public List<DeclarationProblem> problems() {
        return problems;
    }
}
