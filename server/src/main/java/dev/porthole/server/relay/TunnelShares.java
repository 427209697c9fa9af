package dev.porthole.server.relay;

import java.util.HashMap;
import java.util.Map;

/**
 * How many of a session's streams each of its tunnels has. A tunnel may have one more while it has fewer than are left:
 * a flooded one takes half of them, two take a third each, and there is always room for the next. Event loop only.
 */
final class TunnelShares {
    private final Map<String, int[]> open = new HashMap<>();

    /** @param left streams that the agent still takes */
    boolean hasRoom(String tunnel, long left) {
        int[] count = open.get(tunnel);
        return count == null || count[0] < left;
    }

    void opened(String tunnel) {
        open.computeIfAbsent(tunnel, key -> new int[1])[0]++;
    }

    private void closed(String tunnel) {
        int[] count = open.get(tunnel);
        if (count != null && --count[0] == 0) {
            open.remove(tunnel);
        }
    }

    /** Listens to a stream, and counts its end. */
    AgentStream.Receiver counting(String tunnel, StreamListener listener) {
        return new AgentStream.Receiver(listener, () -> closed(tunnel));
    }
}
