package dev.porthole.desktop;

import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.AuditFilter;
import dev.porthole.core.api.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An audit trail in memory, in pages as a server gives it. */
public final class FakeActivity {
    private static final int PAGE = 200;

    /** The newest first. */
    private final List<AuditEntry> entries = new ArrayList<>();

    private int made;

    /** How many pages were asked for. */
    public int pages;

    /** Someone did something, after all that is there. */
    public synchronized void add(String actor, String action, String resource, @Nullable String detail) {
        made++;
        entries.addFirst(new AuditEntry(
                "aud_" + made,
                FakePorthole.WEB_SHOP.id(),
                action.startsWith("session.") ? resource : "usr_" + actor,
                actor,
                action,
                resource,
                "203.0.113.7",
                null,
                detail,
                FakePorthole.NOW.minus(Duration.ofDays(2)).plus(Duration.ofMinutes(made))));
    }

    synchronized Page<AuditEntry> page(AuditFilter filter, @Nullable String cursor) {
        pages++;
        List<AuditEntry> wanted = entries.stream()
                .filter(entry -> filter.actor() == null || filter.actor().equals(entry.actor()))
                .filter(entry -> filter.action() == null
                        || entry.action().startsWith(filter.action().replace("*", "")))
                .toList();
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(wanted.size(), from + PAGE);
        return new Page<>(wanted.subList(from, to), wanted.size(), to < wanted.size() ? String.valueOf(to) : null);
    }
}
