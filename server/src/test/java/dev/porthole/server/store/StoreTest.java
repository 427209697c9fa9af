package dev.porthole.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsThereAfterReopening() { // T-R1
        try (Store store = Store.open(folder)) {
            store.writeOnly(handle -> user(handle, "usr_1"));
        }
        try (Store store = Store.open(folder)) {
            assertThat(users(store)).isEqualTo(1);
            assertThat(pragma(store, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(store, "synchronous")).isEqualTo("2");
            assertThat(pragma(store, "foreign_keys")).isEqualTo("1");
        }
    }

    @Test
    void failedWriteLeavesNothingAndRunsNoHook() { // T-R1
        try (Store store = Store.open(folder)) {
            List<String> hooks = new ArrayList<>();
            assertThatThrownBy(() -> store.writeOnly(handle -> {
                        user(handle, "usr_1");
                        handle.afterCommit(() -> hooks.add("ran"));
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
            assertThat(users(store)).isZero();
            assertThat(hooks).isEmpty();
            store.writeOnly(handle -> {
                user(handle, "usr_1");
                handle.afterCommit(() -> hooks.add("saw " + users(store)));
            });
            assertThat(hooks).containsExactly("saw 1");
        }
    }

    @Test
    void parallelWritesStandInLineAndHooksRunInTheOrderOfTheCommits() throws Exception { // T-R1
        try (Store store = Store.open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> seen = new ArrayList<>();
            List<Future<?>> writes = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String id = "usr_" + i;
                writes.add(threads.submit(() -> store.writeOnly(handle -> {
                    user(handle, id);
                    int count = handle.createQuery("SELECT count(*) FROM users")
                            .mapTo(Integer.class)
                            .one();
                    handle.afterCommit(() -> seen.add(count));
                })));
            }
            for (Future<?> write : writes) {
                write.get();
            }
            assertThat(seen).hasSize(50).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void writeInsideAWriteIsRefusedInsteadOfWaitingForItself() {
        try (Store store = Store.open(folder)) {
            assertThatThrownBy(() -> store.writeOnly(outer -> store.writeOnly(inner -> user(inner, "usr_1"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a write inside a write");
        }
    }

    @Test
    void readersCannotWrite() {
        try (Store store = Store.open(folder)) {
            assertThatThrownBy(() -> store.read(handle -> {
                        user(handle, "usr_1");
                        return true;
                    }))
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void fullDiskIsSaidNothingIsLostAndTheNextWriteWorks() { // T-R1
        try (Store store = Store.open(folder)) {
            store.writeOnly(handle -> user(handle, "usr_1"));
            // A database that may not grow is what a full disk is to SQLite.
            store.writeOnly(handle -> handle.execute("PRAGMA max_page_count = 1"));
            assertThatThrownBy(() -> store.writeOnly(handle -> {
                        for (int i = 2; i < 2_000; i++) {
                            user(handle, "usr_" + i);
                        }
                    }))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            full -> assertThat(full.reason()).isEqualTo(StoreUnavailableException.Reason.FULL))
                    .hasMessage("the database's disk is full");
            assertThat(users(store)).isEqualTo(1);
            store.writeOnly(handle -> user(handle, "usr_2"));
            assertThat(users(store)).isEqualTo(2);
        }
    }

    @Test
    void newerDatabaseIsRefusedWithAClearMessage() { // T-R1
        try (Store store = Store.open(folder)) {
            store.writeOnly(handle -> handle.execute("INSERT INTO flyway_schema_history (installed_rank, version,"
                    + " description, type, script, checksum, installed_by, execution_time, success)"
                    + " VALUES (9000, '9000', 'later', 'SQL', 'V9000__later.sql', 1, '', 1, 1)"));
        }
        assertThatThrownBy(() -> Store.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("made by a newer Porthole (schema 9000)");
    }

    @Test
    void olderDatabaseIsCopiedBeforeItsMigration() throws Exception { // T-R1
        Path file = folder.resolve(Store.FILE);
        String url = "jdbc:sqlite:" + file;
        // A database of a release before the first that has our tables.
        try (Connection old = DriverManager.getConnection(url);
                Statement statement = old.createStatement()) {
            statement.execute("CREATE TABLE precious (word TEXT)");
            statement.execute("INSERT INTO precious VALUES ('kept')");
        }
        Flyway.configure()
                .dataSource(url, null, null)
                .baselineVersion("0.9")
                .load()
                .baseline();
        Store.open(folder).close();
        Path copy = folder.resolve("server.db.before-migration-from-0.9");
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = old.createStatement();
                ResultSet row = statement.executeQuery("SELECT word FROM precious")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("kept");
        }
        Store.open(folder).close();
        assertThat(folder.resolve("server.db.before-migration-from-1")).doesNotExist();
    }

    @Test
    void fileThatIsNoDatabaseIsRefusedWithOneLine() throws Exception {
        Files.writeString(
                folder.resolve(Store.FILE), "this is not a database, this is a text of some length\n".repeat(99));
        assertThatThrownBy(() -> Store.open(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("server.db: can't be opened")
                .message()
                .hasLineCount(1);
    }

    @Test // T-R1: the column with a fixed set of words became one with names
    void hostHeadersOfOlderTunnelsStay() throws Exception {
        Path file = folder.resolve("server.db");
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = old.createStatement()) {
            sql.execute("CREATE TABLE tunnels (id TEXT, host_header TEXT NOT NULL"
                    + " CHECK (host_header IN ('visitor', 'localhost')))");
            sql.execute("INSERT INTO tunnels VALUES ('tun_1', 'localhost'), ('tun_2', 'visitor')");
            try (InputStream script = Store.class.getResourceAsStream("/db/migration/sqlite/V3__host_names.sql")) {
                String text = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
                for (String statement : text.replaceAll("(?m)^--.*$", "").split(";", -1)) {
                    if (!statement.isBlank()) {
                        sql.execute(statement);
                    }
                }
            }
            sql.execute("UPDATE tunnels SET host_header = 'shop.test' WHERE id = 'tun_2'");
            try (ResultSet rows = sql.executeQuery("SELECT group_concat(host_header) FROM tunnels ORDER BY id")) {
                assertThat(rows.getString(1)).isEqualTo("localhost,shop.test");
            }
        }
    }

    @Test
    void secretsOpenOnlyWithTheirKeyAndInTheirPlace() throws Exception {
        byte[] plain = {1, 2, 3};
        byte[] sealed = SecretBox.in(folder).seal(plain, "signing-key:1");
        assertThat(SecretBox.in(folder).open(sealed, "signing-key:1")).isEqualTo(plain);
        assertThatThrownBy(() -> SecretBox.in(folder).open(sealed, "signing-key:2"))
                .isInstanceOf(StoreException.class);
        Path key = folder.resolve("secret.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        Files.delete(key);
        assertThatThrownBy(() -> SecretBox.in(folder).open(sealed, "signing-key:1"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not the key that it was sealed with");
    }

    private static void user(Handle handle, String id) {
        handle.execute(
                "INSERT INTO users (id, provider, provider_subject, name, administrator, active, created_at)"
                        + " VALUES (?, 'local', ?, 'Ada', ?, ?, 0)",
                id,
                id,
                false,
                true);
    }

    private static int users(Store store) {
        return store.read(handle -> handle.createQuery("SELECT count(*) FROM users")
                .mapTo(Integer.class)
                .one());
    }

    private static String pragma(Store store, String name) {
        return store.write(handle ->
                handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
    }
}
