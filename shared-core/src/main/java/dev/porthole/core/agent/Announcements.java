package dev.porthole.core.agent;

import dev.porthole.core.wire.ControlMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one session has told its edge of its tunnels, and what the edge has said to it: brings the edge to what is
 * desired with the fewest words. On the event loop only, but for {@link #acknowledged}.
 */
final class Announcements {
    private final Consumer<ControlMessage> send;
    private final Set<String> asked = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private volatile Set<String> acknowledged = Set.of();

    Announcements(Consumer<ControlMessage> send) {
        this.send = send;
    }

    /** The tunnels that the edge has routes for. Any thread. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Announces and withdraws so that the edge comes to know {@code desired}. */
    void reconcile(Set<String> desired, boolean refusedToo) {
        List<String> withdraw = new ArrayList<>();
        for (String known : union(acknowledged, asked, refused)) {
            if (!desired.contains(known)) {
                withdraw.add(known);
            }
        }
        List<String> announce = new ArrayList<>();
        for (String wanted : desired) {
            boolean open = !acknowledged.contains(wanted) && !asked.contains(wanted);
            if (open && (refusedToo || !refused.contains(wanted))) {
                announce.add(wanted);
            }
        }
        if (!withdraw.isEmpty()) {
            forget(withdraw);
            send.accept(new ControlMessage.Withdraw(withdraw));
        }
        if (!announce.isEmpty()) {
            asked.addAll(announce);
            refused.removeAll(announce);
            send.accept(new ControlMessage.Announce(announce));
        }
    }

    /** Takes the edge's answer. What was withdrawn meanwhile stays withdrawn. */
    void answered(ControlMessage.Acknowledge answer) {
        Set<String> now = new HashSet<>(acknowledged);
        for (String accepted : answer.accepted()) {
            // Refused before: an edge may tell by itself that a tunnel was enabled meanwhile.
            if (asked.remove(accepted) || refused.remove(accepted)) {
                now.add(accepted);
            }
        }
        for (String no : answer.refused()) {
            // Also for one acknowledged before: the edge took it back.
            if (asked.remove(no) || now.remove(no)) {
                refused.add(no);
            }
        }
        acknowledged = Set.copyOf(now);
    }

    /** The session is over. */
    void clear() {
        asked.clear();
        refused.clear();
        acknowledged = Set.of();
    }

    private void forget(List<String> tunnels) {
        asked.removeAll(tunnels);
        refused.removeAll(tunnels);
        Set<String> now = new HashSet<>(acknowledged);
        now.removeAll(tunnels);
        acknowledged = Set.copyOf(now);
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new HashSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return all;
    }
}
