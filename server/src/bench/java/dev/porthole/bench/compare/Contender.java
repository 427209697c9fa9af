package dev.porthole.bench.compare;

import java.util.List;

/** One way from a visitor to the origin: two hops, both on this computer. */
interface Contender extends AutoCloseable {
    /** As the table calls it. */
    String name();

    /** Where a visitor finds the origin's files. */
    Address files();

    /** Where a visitor finds the origin's echo and its sink. */
    Address app();

    /** The processes that carry the files' requests, whose CPU time and memory count. */
    List<Long> processes();

    @Override
    void close();

    /**
     * A public address.
     *
     * @param port on 127.0.0.1
     * @param host for the Host field; no name is ever looked up
     */
    record Address(int port, String host) {
        String url(String path) {
            return "http://127.0.0.1:" + port + path;
        }
    }
}
