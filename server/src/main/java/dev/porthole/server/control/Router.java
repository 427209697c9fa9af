package dev.porthole.server.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the route of a request. */
final class Router {
    private final List<Route> routes;

    Router(List<Resource> resources) {
        routes = resources.stream()
                .flatMap(resource -> resource.routes().stream())
                .toList();
    }

    List<Route> routes() {
        return routes;
    }

    /** A route and the values of its path. */
    record Match(Route route, Map<String, String> path) {}

    /**
     * The route; {@code HEAD} goes where {@code GET} goes (RFC 9110, section 9.3.2).
     *
     * @throws ProblemException 400 for an id that is empty, 404 without a route of that path, 405 with one for other
     *     methods
     */
    Match find(String method, String path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        TreeSet<String> others = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> values = route.match(path);
            if (values.isPresent()) {
                if (route.method().equals(wanted)) {
                    return new Match(route, values.get());
                }
                others.add(route.method());
            }
        }
        if (others.isEmpty()) {
            for (Route route : routes) {
                Optional<String> empty = route.method().equals(wanted) ? route.emptyIn(path) : Optional.<String>empty();
                if (empty.isPresent()) {
                    throw ProblemException.invalid(empty.get(), empty.get() + ": empty (expected: an id)");
                }
            }
            throw ProblemException.notFound("resource");
        }
        throw ProblemException.methodNotAllowed(method, String.join(", ", others));
    }
}
