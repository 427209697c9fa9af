package dev.porthole.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract on a real PostgreSQL, and what only that can do: be shared by several nodes. */
@Tag("tools")
class PostgresRepositoriesTest extends RepositoryContract {
    private @Nullable DatabaseUrl url;

    @Override
    Store open() {
        if (url == null) {
            url = DatabaseUrl.parse(PostgresServer.shared().database());
        }
        return Store.open(folder, url);
    }

    @Test
    void oneWritesAtATimeOverAllNodes() throws Exception { // T-R1
        try (Store other = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            store.writeOnly(handle -> handle.execute("CREATE TABLE counted (at BIGINT NOT NULL)"));
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            List<Future<?>> writes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Store node = i % 2 == 0 ? store : other;
                writes.add(threads.submit(() -> node.writeOnly(handle -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    long before = handle.createQuery("SELECT count(*) FROM counted")
                            .mapTo(Long.class)
                            .one();
                    handle.execute("INSERT INTO counted (at) VALUES (?)", before);
                    inside.decrementAndGet();
                })));
            }
            for (Future<?> write : writes) {
                write.get();
            }
            assertThat(most).hasValue(1);
            assertThat(store.<Long>read(handle -> handle.createQuery("SELECT count(DISTINCT at) FROM counted")
                            .mapTo(Long.class)
                            .one()))
                    .as("each write saw all that were committed before it")
                    .isEqualTo(100);
        }
    }

    @Test
    void newerDatabaseIsRefusedWithAClearMessage() { // T-R1
        store.writeOnly(handle -> handle.execute("INSERT INTO flyway_schema_history (installed_rank, version,"
                + " description, type, script, checksum, installed_by, execution_time, success)"
                + " VALUES (9000, '9000', 'later', 'SQL', 'V9000__later.sql', 1, '', 1, TRUE)"));
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageMatching(
                        "postgresql://127\\.0\\.0\\.1:[0-9]+/test_[0-9]+: made by a newer Porthole \\(schema 9000\\); .*");
    }

    @Test
    void databaseThatIsNotThereIsOneLineWithoutThePassword() { // T-R7, T-C6
        DatabaseUrl closed = DatabaseUrl.parse("postgresql://porthole:planted-secret@127.0.0.1:1/none");
        assertThatThrownBy(() -> Store.open(folder, closed))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("postgresql://127.0.0.1:1/none: can't be reached: ")
                .hasMessageNotContaining("planted-secret")
                .message()
                .hasLineCount(1);
    }
}
