package dev.porthole.core.wire.http2;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Streams that wait, in the order in which they get their turns: round the groups, and in each group round its streams.
 * A group with 500 streams and one with a single stream get every second turn each. Event loop only.
 */
final class Turns {
    private final Map<Object, Set<Stream>> groups = new LinkedHashMap<>();

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Puts a stream at the end of its group, if it does not wait already. */
    void add(Stream stream) {
        groups.computeIfAbsent(stream.group(), key -> new LinkedHashSet<>()).add(stream);
    }

    void remove(Stream stream) {
        groups.computeIfPresent(stream.group(), (key, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }

    /** Takes out the stream whose turn it is; its group's next turn comes after the other groups'. */
    Stream next() {
        Map.Entry<Object, Set<Stream>> first = groups.entrySet().iterator().next();
        Set<Stream> streams = first.getValue();
        Stream next = streams.iterator().next();
        streams.remove(next);
        groups.remove(first.getKey());
        if (!streams.isEmpty()) {
            groups.put(first.getKey(), streams);
        }
        return next;
    }

    /** All of them, in turn. */
    List<Stream> inOrder() {
        List<Stream> order = new ArrayList<>();
        Deque<Deque<Stream>> left = new ArrayDeque<>();
        groups.values().forEach(streams -> left.add(new ArrayDeque<>(streams)));
        while (!left.isEmpty()) {
            Deque<Stream> group = left.remove();
            order.add(group.remove());
            if (!group.isEmpty()) {
                left.add(group);
            }
        }
        return order;
    }

    void clear() {
        groups.clear();
    }
}
