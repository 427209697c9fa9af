package dev.porthole.core.traffic;

import java.time.Duration;
import java.time.Instant;

/**
 * Someone who opens a public address: one client at one address. All texts are the visitor's own words, cut at a few
 * hundred characters.
 *
 * @param address as the edge tells it; empty if it does not
 * @param agent what the client calls itself ({@code User-Agent}); empty if it does not say
 * @param since when its first request came, of those in a row without an hour's silence
 * @param lastSeen when its newest request came
 * @param running how many of its requests are under way
 * @param requests how many there were
 * @param bytes of bodies, both ways
 * @param path of the newest request, without its query
 */
public record Visitor(
        String address,
        String agent,
        Instant since,
        Instant lastSeen,
        int running,
        long requests,
        long bytes,
        String path) {
    /** Who has been silent for longer is not there any more. */
    public static final Duration STAY = Duration.ofMinutes(1);

    /** Whether a request is under way or was a moment ago. */
    public boolean isOnAt(Instant now) {
        return running > 0 || lastSeen.plus(STAY).isAfter(now);
    }
}
