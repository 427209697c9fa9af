package dev.porthole.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ProjectEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    @TempDir
    Path folder;

    private static void project(Store store, String id) {
        store.writeOnly(handle -> {
            handle.execute("INSERT INTO organizations (id, name, created_at) VALUES (?, 'home', 0)", "org_" + id);
            handle.execute(
                    "INSERT INTO projects (id, organization_id, name, created_at) VALUES (?, ?, 'first', 0)",
                    id,
                    "org_" + id);
        });
    }

    private static void append(Store store, String project, int second) {
        store.writeOnly(handle ->
                store.outbox().append(handle, project, "tunnel.updated", "tun_1", null, Instant.ofEpochSecond(second)));
    }

    private static List<Long> sequences(Store store, String project) {
        return store.read(handle -> store.outbox().after(handle, project, 0, 100)).stream()
                .map(ProjectEvent::sequence)
                .toList();
    }

    @Test
    void oldAndSurplusRowsGoAndNumbersGoOn() {
        try (Store store = Store.open(folder)) {
            project(store, "prj_busy");
            project(store, "prj_quiet");
            for (int second = 1; second <= 6; second++) {
                append(store, "prj_busy", second);
            }
            append(store, "prj_quiet", 1);
            append(store, "prj_quiet", 6);
            store.writeOnly(handle -> store.outbox().removeOld(handle, Instant.ofEpochSecond(2), 3));
            assertThat(sequences(store, "prj_busy")).containsExactly(4L, 5L, 6L);
            assertThat(sequences(store, "prj_quiet")).containsExactly(2L);
            store.writeOnly(handle -> store.outbox().removeOld(handle, Instant.ofEpochSecond(100), 3));
            append(store, "prj_busy", 101);
            assertThat(sequences(store, "prj_busy")).containsExactly(7L);
        }
    }
}
