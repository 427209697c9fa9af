package dev.porthole.bench.compare;

import java.io.IOException;
import java.io.InputStream;

/** Lines of HTTP/1.1. */
final class Lines {
    private Lines() {}

    /** The next line without its end; null if there is none. */
    static String read(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.toString();
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.isEmpty() ? null : line.toString();
    }
}
