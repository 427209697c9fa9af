package dev.porthole.core.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel's visitors, a bounded number of them: one who comes new takes the place of whoever has been silent longest.
 * Finding one who is known takes no memory. Written by one thread, read by any.
 */
final class VisitorTable {
    static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int LONGEST_AGENT = 200;
    private static final int LONGEST_ADDRESS = 64;

    private final AtomicReferenceArray<@Nullable VisitorCell> cells = new AtomicReferenceArray<>(Traffic.MOST_VISITORS);

    /** The visitor's cell; null if all places are taken by visitors whose requests are under way. */
    @Nullable
    VisitorCell of(CharSequence givenAddress, CharSequence givenAgent, long millis) {
        CharSequence address = cut(givenAddress, LONGEST_ADDRESS);
        CharSequence agent = cut(givenAgent, LONGEST_AGENT);
        int hash = hash(address) * 31 + hash(agent);
        int place = -1;
        long longest = Long.MAX_VALUE;
        for (int at = 0; at < cells.length(); at++) {
            VisitorCell cell = cells.getPlain(at);
            if (cell == null) {
                place = at;
                break;
            }
            boolean forgotten = cell.isIdle() && millis - cell.lastMillis() > REMEMBERED.toMillis();
            if (!forgotten && cell.isOf(hash, address, agent)) {
                return cell;
            }
            if (cell.isIdle() && cell.lastMillis() < longest) {
                longest = cell.lastMillis();
                place = at;
            }
        }
        if (place < 0) {
            return null;
        }
        VisitorCell made = new VisitorCell(address.toString(), agent.toString(), hash, millis);
        cells.setRelease(place, made);
        return made;
    }

    /** Those of the last hour, the newest first. */
    List<Visitor> seen(long millis) {
        List<Visitor> seen = new ArrayList<>();
        for (int at = 0; at < cells.length(); at++) {
            VisitorCell cell = cells.getAcquire(at);
            if (cell != null && (!cell.isIdle() || millis - cell.lastMillis() <= REMEMBERED.toMillis())) {
                seen.add(cell.seen());
            }
        }
        seen.sort(Comparator.comparing(Visitor::lastSeen).reversed());
        return seen;
    }

    private static CharSequence cut(CharSequence text, int longest) {
        return text.length() <= longest ? text : text.subSequence(0, longest);
    }

    /** The same for equal words, whatever holds them. */
    private static int hash(CharSequence words) {
        int hash = 0;
        for (int at = 0; at < words.length(); at++) {
            hash = 31 * hash + words.charAt(at);
        }
        return hash;
    }
}
