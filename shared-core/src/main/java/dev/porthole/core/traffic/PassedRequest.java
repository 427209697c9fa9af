package dev.porthole.core.traffic;

import java.time.Duration;

/**
 * One visitor's request that is over, as an access line says it.
 *
 * @param tunnel id of its tunnel
 * @param id what the edge calls it; the server's line of the same request has it too
 * @param target the path, without its query and without what looks like a secret
 * @param status of the answer; {@link #VISITOR_LEFT} if the visitor left before there was one
 * @param took from the request's head to the end of its answer, on this computer
 * @param missed how many requests before it were not told, because they came faster than they were heard
 */
public record PassedRequest(
        String tunnel, String id, String method, String target, int status, Duration took, int missed) {
    /** As the server's line says it. */
    public static final int VISITOR_LEFT = 499;

    PassedRequest after(int others) {
        return new PassedRequest(tunnel, id, method, target, status, took, others);
    }
}
