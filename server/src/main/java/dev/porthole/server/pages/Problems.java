package dev.porthole.server.pages;

import dev.porthole.core.api.Problem;

/** What the API refused, in one line for people. */
final class Problems {
    private Problems() {}

    static String line(Problem problem) {
        return problem.detail() == null ? problem.title() : problem.title() + ": " + problem.detail();
    }
}
