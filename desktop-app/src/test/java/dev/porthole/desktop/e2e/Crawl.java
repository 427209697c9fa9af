package dev.porthole.desktop.e2e;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Follows the links of a server's pages, and comes to each kind of page once, by whatever project or tunnel. */
final class Crawl {
    /** Visits a page that the browser shows. */
    @FunctionalInterface
    interface Visitor {
        void visit(String kind) throws Exception;
    }

    private final Browser browser;
    private final URI start;
    private final Map<String, String> seen = new LinkedHashMap<>();
    private final Deque<String> ahead = new ArrayDeque<>();

    /** @param start the page to begin at; what is on another host is not followed */
    Crawl(Browser browser, URI start) {
        this.browser = browser;
        this.start = start;
    }

    /** Visits, and gives the pages' kinds and addresses in the order of the visits. */
    Map<String, String> run(Visitor visitor) throws Exception {
        note(start.toString());
        while (!ahead.isEmpty()) {
            String address = ahead.remove();
            browser.open(address);
            visitor.visit(kind(URI.create(address)));
            browser.links().forEach(this::note);
        }
        return seen;
    }

    private void note(String link) {
        URI address = URI.create(link);
        if (start.getAuthority().equals(address.getAuthority())
                && !address.getPath().endsWith(".jsonl")
                && seen.putIfAbsent(kind(address), link) == null) {
            ahead.add(link);
        }
    }

    /** Such as {@code /console/projects/{id}/tunnels}. */
    static String kind(URI address) {
        return address.getPath()
                .replaceAll("/[a-z]{3}_[0-9a-f]+", "/{id}")
                .replaceAll("(/admin/data)/.+", "$1/{table}");
    }
}
