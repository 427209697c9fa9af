package dev.porthole.server.edge;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names requests, so that the edge's and the agent's access lines can be brought together. */
final class RequestIds {
    private RequestIds() {}

    /** Sixteen hexadecimal digits. Not a secret. */
    static String next() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
