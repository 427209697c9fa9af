package dev.porthole.server.control;

import dev.porthole.server.audit.Actor;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to a route.
 *
 * @param caller who makes it; absent on routes for everyone
 * @param path values of the template's segments in braces
 * @param query the first value of each parameter
 * @param headers in lower case, of those that routes look at
 * @param body its text; empty without one
 * @param address the client's, as the edge saw it
 * @param scope what the route asks of its caller; absent on routes for everyone
 */
record Call(
        @Nullable Principal caller,
        String method,
        Map<String, String> path,
        Map<String, String> query,
        Map<String, String> headers,
        String body,
        @Nullable String address,
        @Nullable Scope scope) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    /** Who makes it. The router lets no call without one to a route with a scope. */
    Principal principal() {
        if (caller == null) {
            throw ProblemException.unauthenticated();
        }
        return caller;
    }

    /** The caller as the audit trail names it. */
    Actor actor() {
        return new Actor(actorId(), address, principal().credential());
    }

    private String actorId() {
        return switch (principal()) {
            case Principal.UserPrincipal user -> user.userId();
            case Principal.KeyPrincipal key -> key.keyId();
            case Principal.ConnectorPrincipal connector -> connector.connectorId();
        };
    }

    /** The person who makes it, or who made the key that makes it; empty for a connector. */
    Optional<String> person() {
        return switch (principal()) {
            case Principal.UserPrincipal user -> Optional.of(user.userId());
            case Principal.KeyPrincipal key -> Optional.of(key.userId());
            case Principal.ConnectorPrincipal connector -> Optional.empty();
        };
    }

    /**
     * The person who makes it, signed in.
     *
     * @throws ProblemException 403 for a key, which reaches one project and is nobody's stand-in beyond it
     */
    String signedIn() {
        if (principal() instanceof Principal.UserPrincipal user) {
            return user.userId();
        }
        throw ProblemException.of(403, "key-of-one-project", "A key reaches one project", "sign in to do this");
    }

    String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("no {" + name + "} in the route's template");
        }
        return value;
    }

    <T extends Record> T body(Class<T> type) {
        return RequestBody.read(body, type);
    }

    /** {@code ?limit=} and {@code ?cursor=}. */
    Slice slice() {
        String cursor = query.get("cursor");
        return new Slice(cursor == null ? null : place(cursor), limit());
    }

    /** {@code ?limit=}. */
    int limit() {
        String limit = query.get("limit");
        return limit == null ? DEFAULT_LIMIT : limit(limit);
    }

    private static int limit(String given) {
        if (given.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(given);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw ProblemException.invalid("limit", "limit: " + given + " (expected: 1-" + MAX_LIMIT + ")");
    }

    static String cursor(Slice.Place place) {
        String text = place.createdAt().toEpochMilli() + " " + place.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Slice.Place place(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            if (space > 0) {
                return new Slice.Place(
                        Instant.ofEpochMilli(Long.parseLong(text.substring(0, space))), text.substring(space + 1));
            }
        } catch (IllegalArgumentException broken) {
            // Said below, as for one without a space.
        }
        throw ProblemException.invalid("cursor", "cursor: not one that a page gave as next");
    }
}
