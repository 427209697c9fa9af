package dev.porthole.server.control;

import dev.porthole.core.api.Dependents;
import dev.porthole.core.api.Problem;
import dev.porthole.core.api.Role;
import dev.porthole.server.identity.RefusedException;
import java.util.List;
import dev.porthole.server.store.StoreUnavailableException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request that is answered with a problem (RFC 9457) instead of what it asked for. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    private ProblemException(Problem problem, Map<String, String> headers) {
        super(problem.title() + (problem.detail() == null ? "" : ": " + problem.detail()), null, false, false);
        this.problem = problem;
        this.headers = headers;
    }

    /** What the answer's body says. */
    public Problem problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }

    static ProblemException of(int status, String type, String title, @Nullable String detail) {
        return new ProblemException(new Problem("/problems/" + type, title, status, detail, null), Map.of());
    }

    /** A field, query parameter or header that is not as expected. */
    static ProblemException invalid(String field, String detail) {
        return new ProblemException(
                new Problem("/problems/invalid-request", "The request is not valid", 400, detail, field), Map.of());
    }

    /** Not there, or somebody else's: the two are one, so that nothing can be found out by asking. */
    static ProblemException notFound(String what) {
        return of(404, "not-found", "There is no such " + what, null);
    }

    static ProblemException conflict(String type, String title, String detail, String field) {
        return new ProblemException(new Problem("/problems/" + type, title, 409, detail, field), Map.of());
    }

    /** RFC 6750, section 3.1; alike for a missing, bad, expired and revoked credential. */
    static ProblemException unauthenticated() {
        return new ProblemException(
                new Problem("/problems/unauthenticated", "Sign in, or send a valid key", 401, null, null),
                Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    }

    static ProblemException scopeMissing(Scope scope) {
        return new ProblemException(
                new Problem(
                        "/problems/insufficient-scope",
                        "The key may not do this",
                        403,
                        "scope: " + scope.text() + " (expected among the key's)",
                        null),
                Map.of("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope.text() + "\""));
    }

    /** Seen, but not to be touched by who is only that much in the organization. */
    static ProblemException roleMissing(Role role, String expected) {
        return of(
                403, "role-missing", "Your role doesn't allow this", "role: " + role + " (expected: " + expected + ")");
    }

    /** Something hangs on what is to be deleted, and nobody has said that they know. */
    static ProblemException notEmpty(String what, String name, List<Dependents> dependents) {
        String list = dependents.stream()
                .map(some -> some.count() + " "
                        + (some.count() == 1 ? some.kind().replaceFirst("s$", "") : some.kind()) + " ("
                        + String.join(", ", some.names())
                        + (some.count() > some.names().size() ? ", ..." : "") + ")")
                .collect(Collectors.joining(", "));
        return new ProblemException(
                new Problem(
                        "/problems/" + what + "-not-empty",
                        "The " + what + " is not empty",
                        409,
                        "with it go " + list + " (expected: ?confirm=" + name + ")",
                        "confirm",
                        dependents),
                Map.of());
    }

    /** RFC 6585, section 4. */
    static ProblemException tooManyRequests(long seconds) {
        return new ProblemException(
                new Problem(
                        "/problems/too-many-requests",
                        "Too many requests",
                        429,
                        "expected: the next one in " + seconds + " s",
                        null),
                Map.of("Retry-After", Long.toString(seconds)));
    }

    static ProblemException methodNotAllowed(String method, String allowed) {
        return new ProblemException(
                new Problem(
                        "/problems/method-not-allowed",
                        "This method is not available here",
                        405,
                        "method: " + method + " (expected: " + allowed + ")",
                        null),
                Map.of("Allow", allowed));
    }

    /** The database's fault: nobody else can do anything about it but try again. */
    static ProblemException unavailable(StoreUnavailableException store) {
        Problem problem = switch (store.reason()) {
            case AWAY ->
                new Problem(
                        "/problems/database-away",
                        "The server's database does not answer",
                        503,
                        "try again in a moment",
                        null);
            case FULL ->
                new Problem(
                        "/problems/storage-full",
                        "The server's disk is full",
                        507,
                        "nothing was changed; what is there can be read",
                        null);
        };
        return new ProblemException(problem, Map.of("Retry-After", "5"));
    }

    /** What a person may not do with an account now, and why. */
    static ProblemException refused(RefusedException refused) {
        String detail = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case WRONG -> about(403, "wrong-credential", "What was given is wrong", detail, refused.field());
            case UNACCEPTABLE -> about(400, "invalid-request", "The request is not valid", detail, refused.field());
            case STATE -> about(409, "account-state", "This account is not in a state for it", detail, null);
            case TOO_MANY ->
                new ProblemException(
                        new Problem("/problems/too-many-attempts", "Too many attempts", 429, detail, null),
                        Map.of(
                                "Retry-After",
                                Long.toString(
                                        refused.retryAfter().plusMillis(999).toSeconds())));
        };
    }

    private static ProblemException about(
            int status, String type, String title, String detail, @Nullable String field) {
        return new ProblemException(new Problem("/problems/" + type, title, status, detail, field), Map.of());
    }

    static ProblemException bodyTooLarge() {
        return of(
                413,
                "body-too-large",
                "The body is too large",
                "body: expected at most " + ApiHandler.MAX_BODY_BYTES + " bytes");
    }
}
