package dev.porthole.core.traffic;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What passed through a tunnel on this computer, since this program started.
 *
 * @param at when this was so
 * @param requests of each second of the last five minutes
 * @param bytesIn of requests' bodies, of the same seconds
 * @param bytesOut of answers' bodies, of the same seconds
 * @param requestsByMinute of the last hour; the newest minute is not over
 * @param failuresByMinute answers with a status of 500 and above, of the same minutes
 * @param running how many requests are under way
 * @param lastRequest when the newest request came
 * @param visitors of the last hour, the newest first; {@link #MOST_VISITORS} at most
 */
public record Traffic(
        Instant at,
        Series requests,
        Series bytesIn,
        Series bytesOut,
        Series requestsByMinute,
        Series failuresByMinute,
        int running,
        Optional<Instant> lastRequest,
        List<Visitor> visitors) {
    /** How many seconds are told apart. */
    public static final int SECONDS = 300;

    /** How many minutes are told apart. */
    public static final int MINUTES = 60;

    /** How many visitors of a tunnel are told apart. */
    public static final int MOST_VISITORS = 64;

    /** So many seconds make a rate. */
    static final int RATE_SECONDS = 10;

    public Traffic {
        visitors = List.copyOf(visitors);
    }

    /** Nothing has passed. */
    public static Traffic none(Instant at) {
        Series seconds = Series.zeros(SECONDS);
        Series minutes = Series.zeros(MINUTES);
        return new Traffic(at, seconds, seconds, seconds, minutes, minutes, 0, Optional.empty(), List.of());
    }

    /** Requests per second, over the last ten. */
    public double requestsPerSecond() {
        return perSecond(requests);
    }

    /** Bytes per second that visitors sent, over the last ten. */
    public double bytesInPerSecond() {
        return perSecond(bytesIn);
    }

    /** Bytes per second that visitors got, over the last ten. */
    public double bytesOutPerSecond() {
        return perSecond(bytesOut);
    }

    /** Who is there now. */
    public List<Visitor> visitorsNow() {
        return visitors.stream().filter(visitor -> visitor.isOnAt(at)).toList();
    }

    private static double perSecond(Series series) {
        return series.sumOfLast(RATE_SECONDS) / (double) RATE_SECONDS;
    }
}
