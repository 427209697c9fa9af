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

    /** About something that is not in the list in which it was looked for. */
    static NotShownException missing(String what) {
        return new NotShownException(
                new Problem("/problems/not-found", "There is no such " + what, 404, null, null));
    }

    Problem problem() {
        return problem;
    }
}
