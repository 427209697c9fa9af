package dev.porthole.server.pages;

import dev.porthole.core.api.Problem;

/** A page can't be shown, since the API refused what it is made of. */
final class NotShownException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    NotShownException(Problem problem) {
        super(problem.title(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
