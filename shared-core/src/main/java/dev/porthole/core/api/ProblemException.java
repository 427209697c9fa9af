package dev.porthole.core.api;

/** The control plane answered, and said no. The status is the answer's own: 401 means that signing in may help. */
public final class ProblemException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final int status;

    public ProblemException(Problem problem) {
        super(problem.detail() == null ? problem.title() : problem.detail());
        this.problem = problem;
        this.status = problem.status();
    }

    /** What the sign-in is worth no more: the browser has to be opened again. */
    public static ProblemException signInAgain(String detail) {
        return new ProblemException(new Problem("/problems/sign-in-again", "Sign in again", 401, detail, null));
    }

    /** There is no such thing, or it is not this user's. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(new Problem("/problems/not-found", "Not found", 404, detail, null));
    }

    /** The answer's body. */
    public Problem problem() {
        return problem;
    }

    /** The answer's status code. */
    public int status() {
        return status;
    }
}
