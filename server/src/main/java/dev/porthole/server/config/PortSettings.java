package dev.porthole.server.config;

import java.time.Duration;

/**
 * The ports that tunnels may have of their own.
 *
 * @param first of the range
 * @param last of the range; smaller than {@code first} if there are none
 * @param bind the address that they are opened at; text, as it was given
 * @param perProject how many one project may have
 * @param idle how long a TCP connection may rest
 */
public record PortSettings(int first, int last, String bind, int perProject, Duration idle) {
    public static final PortSettings DEFAULT = new PortSettings(20_000, 20_099, "127.0.0.1", 20, Duration.ofHours(2));

    /** The same with another range. */
    public PortSettings range(int newFirst, int newLast) {
        return new PortSettings(newFirst, newLast, bind, perProject, idle);
    }

    /** Whether there are any. */
    public boolean any() {
        return first <= last;
    }
}
