package dev.porthole.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators can ask of whatever database, and what they can't. */
abstract class DataBrowserContract {
    private static final String PLANTED = "planted-secret";

    @TempDir
    Path folder;

    private Store store;
    private DataBrowser browser;

    /** Opens a fresh database. */
    abstract Store open() throws Exception;

    @BeforeEach
    void fill() throws Exception {
        store = open();
        browser = store.browser();
        store.writeOnly(handle -> {
            for (int i = 0; i < 3; i++) {
                handle.execute(
                        "INSERT INTO users (id, provider, provider_subject, name, email, password_hash, administrator,"
                                + " active, created_at) VALUES (?, 'local', ?, ?, ?, ?, ?, ?, ?)",
                        "usr_" + i,
                        "subject" + i,
                        "It's " + i,
                        null,
                        i == 2 ? null : PLANTED,
                        false,
                        true,
                        1_790_000_000_000L + i);
            }
            handle.execute("INSERT INTO derivation_keys (name, sealed) VALUES ('one', ?)", new byte[] {1, 2});
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private DataBrowser.Table table(String name) {
        return browser.table(name).orElseThrow();
    }

    @Test
    void tablesAreShownPageByPageAndSecretsAreNot() { // B-D13
        DataBrowser.Table users = table("users");
        assertThat(browser.count(users)).isEqualTo(3);
        DataBrowser.Rows first = browser.rows(users, 0, 2);
        assertThat(first.columns()).contains("id", "name", "password_hash");
        assertThat(first.more()).isTrue();
        assertThat(first.rows()).hasSize(2).allMatch(row -> row.contains(DataBrowser.HIDDEN));
        DataBrowser.Rows last = browser.rows(users, 2, 2);
        assertThat(last.more()).isFalse();
        assertThat(last.rows())
                .singleElement()
                .satisfies(row -> assertThat(row).contains("usr_2", "It's 2").doesNotContain(DataBrowser.HIDDEN));
        assertThat(first.rows() + " " + last.rows()).doesNotContain(PLANTED);
        assertThat(browser.rows(table("derivation_keys"), 0, 10).rows())
                .containsExactly(List.of("one", DataBrowser.HIDDEN));
        assertThat(browser.table("users; DROP TABLE users")).isEmpty();
    }

    @Test
    void everyColumnOfBytesOrOfSecretsIsHidden() { // T-C6
        for (String hidden : List.of(
                "users.password_hash",
                "refresh_tokens.hash",
                "authorization_codes.challenge",
                "browser_sessions.hash",
                "api_keys.hash",
                "connect_tokens.hash",
                "signing_keys.sealed",
                "derivation_keys.sealed",
                "idempotency_keys.body",
                "idempotency_keys.key")) {
            String[] names = hidden.split("\\.", -1);
            assertThat(table(names[0]).columns())
                    .as(hidden)
                    .anyMatch(column -> column.name().equals(names[1]) && column.hidden());
        }
        assertThat(table("api_keys").columns()).anyMatch(column -> column.name().equals("prefix") && !column.hidden());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name FROM users ORDER BY created_at DESC",
                "select name from users order by created_at desc;",
                "WITH x AS (SELECT name, created_at FROM users) SELECT name FROM x ORDER BY created_at DESC",
                "SELECT u.name FROM users u WHERE u.name LIKE 'It''s %' ORDER BY u.id DESC"
            })
    void selectsAreAnswered(String sql) { // B-D13
        DataBrowser.Rows rows = browser.ask(sql);
        assertThat(rows.columns()).containsExactly("name");
        assertThat(rows.rows()).containsExactly(List.of("It's 2"), List.of("It's 1"), List.of("It's 0"));
    }

    @Test
    void recursionAndCountsWork() {
        assertThat(browser.ask("SELECT count(*) AS many, max(length(name)) FROM users JOIN memberships m ON 1 = 1")
                        .rows())
                .hasSize(1);
        assertThat(browser.ask("WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
                        + " SELECT i FROM n"))
                .satisfies(rows -> {
                    assertThat(rows.rows()).hasSize(DataBrowser.MOST_ROWS);
                    assertThat(rows.more()).isTrue();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT password_hash FROM users",
                "SELECT u.password_hash FROM users u",
                "SELECT name FROM users WHERE password_hash LIKE 'p%'",
                "SELECT * FROM main.users",
                "SELECT * FROM public.users",
                "SELECT * FROM \"main\".\"users\"",
                "SELECT * FROM [main].users",
                "SELECT * FROM `main`.users",
                "SELECT * FROM 'main'.'users'",
                "SELECT * FROM 'users'.x",
                "SELECT * FROM main/**/.users",
                "SELECT * FROM MAIN . users",
                "SELECT * FROM U&\"\\0070ublic\".users",
                "SELECT * FROM sqlite_master",
                "SELECT * FROM 'sqlite_schema'",
                "SELECT * FROM dbstat",
                "SELECT * FROM pragma_table_info('users')",
                "SELECT * FROM pg_stats",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT query_to_xml('select password_hash from ' || 'pub' || 'lic.users', true, true, '')",
                "SELECT query_to_xml ('x', true, true, '')",
                "SELECT ts_stat('select 1')",
                "SELECT * FROM information_schema.columns",
                "SELECT load_extension('x')",
                "SELECT 1; SELECT 2",
                "SELECT 1 -- and more",
                "SELECT $$a$$",
                "SELECT 'open",
                "WITH gone AS (DELETE FROM users RETURNING id) SELECT * FROM gone",
                "SELECT * INTO other FROM users",
                "INSERT INTO users (id) VALUES ('x')",
                "UPDATE users SET name = 'x'",
                "DELETE FROM users",
                "DROP TABLE users",
                "PRAGMA query_only = OFF",
                "ATTACH 'x' AS y",
                "VACUUM INTO 'x'",
                "COPY users TO '/tmp/x'",
                "SET TRANSACTION READ WRITE",
                "EXPLAIN SELECT 1",
                "(SELECT 1)",
                "",
                "nonsense"
            })
    void othersAreRefused(String sql) { // T-C6, B-D13
        assertThatThrownBy(() -> browser.ask(sql)).isInstanceOf(RefusedQueryException.class);
        assertThat(browser.count(table("users"))).isEqualTo(3);
    }

    @Test
    void everythingThatCanBeSelectedIsWithoutSecrets() { // T-C6
        for (DataBrowser.Table table : browser.tables()) {
            DataBrowser.Rows rows = browser.ask("SELECT * FROM " + table.name());
            assertThat(rows.columns())
                    .as(table.name())
                    .isEqualTo(table.columns().stream()
                            .filter(column -> !column.hidden())
                            .map(DataBrowser.Column::name)
                            .toList());
            assertThat(Objects.toString(rows.rows())).doesNotContain(PLANTED);
        }
    }

    @Test
    void longQuestionsEndAfterTheirTimeAndTheNextIsAnswered() { // B-D13
        assertThatThrownBy(() -> browser.ask("WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n)"
                        + " SELECT count(*) FROM n"))
                .isInstanceOf(RefusedQueryException.class)
                .hasMessage("it takes longer than 2 s");
        assertThat(browser.ask("SELECT count(*) FROM users").rows()).containsExactly(List.of("3"));
        assertThat(browser.count(table("users"))).isEqualTo(3);
    }
}
