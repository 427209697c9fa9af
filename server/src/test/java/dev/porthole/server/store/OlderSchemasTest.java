package dev.porthole.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Endpoint;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases of earlier schemas, kept as text, become this release's with all that is in them. */
class OlderSchemasTest {
    private static final int OLDEST_WITH_CREDENTIALS = 2;
    private static final int OLDEST_WITH_HOST_NAMES = 3;
    private static final int OLDEST_WITH_PORTS = 4;

    @TempDir
    Path folder;

    private void load(int schema) throws Exception {
        try (InputStream script = OlderSchemasTest.class.getResourceAsStream("schema-" + schema + ".sql");
                Connection old = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Store.FILE));
                Statement statement = old.createStatement()) {
            String text = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : text.split(";\n", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static String one(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(String.class).one();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whatIsInAnOlderDatabaseIsStillThere(int schema) throws Exception { // T-R1, B-A4
        load(schema);
        try (Store store = Store.open(folder)) {
            assertThat(Files.exists(folder.resolve("server.db.before-migration-from-" + schema)))
                    .isEqualTo(schema < Integer.parseInt(store.facts().schema()));
            store.read(handle -> {
                assertThat(store.users().findBySubject(handle, "local", "ada").orElseThrow())
                        .isEqualTo(new Account(
                                "usr_1",
                                "local",
                                "ada",
                                "Ada",
                                "ada@example.com",
                                "argon2-of-a-password",
                                true,
                                true,
                                Instant.ofEpochMilli(1_790_000_000_001L)));
                assertThat(store.users().find(handle, "usr_2").orElseThrow().active())
                        .isTrue();
                assertThat(store.projects().listForUser(handle, "usr_2", new Slice(null, 9)))
                        .extracting(StoredProject::name)
                        .containsExactly("Ada's project");
                assertThat(store.connectors().allLeases(handle)).hasSize(1);
                assertThat(store.connectors().list(handle, "prj_1", new Slice(null, 9)))
                        .hasSize(2);
                assertThat(store.outbox().after(handle, "prj_1", 0, 9)).hasSize(2);
                assertThat(store.outbox().last(handle, "prj_1")).isEqualTo(2);
                assertThat(store.audit().newest(handle, "prj_1", 9)).hasSize(1);
                assertThat(store.idempotencyKeys().find(handle, "usr_1", "once"))
                        .isPresent();
                tunnels(store, handle, schema);
                if (schema >= OLDEST_WITH_CREDENTIALS) {
                    credentials(handle);
                }
                return true;
            });
            store.writeOnly(handle ->
                    store.outbox().append(handle, "prj_1", "tunnel.updated", "tun_1", null, Instant.ofEpochSecond(1)));
        }
        try (Store again = Store.open(folder)) {
            assertThat(again.<Long>read(handle -> again.outbox().last(handle, "prj_1")))
                    .isEqualTo(3);
        }
    }

    private static void tunnels(Store store, Handle handle, int schema) {
        StoredTunnel tunnel = store.tunnels().find(handle, "tun_1").orElseThrow();
        assertThat(tunnel.name()).isEqualTo("brave-otter-sings");
        assertThat(tunnel.endpoint()).isEqualTo(Endpoint.parse("http://localhost:3000"));
        assertThat(tunnel.connector()).isEqualTo("con_1");
        assertThat(tunnel.conditions()).hasSize(1);
        assertThat(tunnel.hostHeader().toString())
                .isEqualTo(schema < OLDEST_WITH_HOST_NAMES ? "localhost" : "shop.test");
        assertThat(tunnel.port()).isEqualTo(schema < OLDEST_WITH_PORTS ? null : new StoredPort(20_001, true));
        assertThat(store.tunnels().find(handle, "tun_2").orElseThrow().expiresAt())
                .isEqualTo(Instant.ofEpochMilli(1_990_000_000_000L));
    }

    private static void credentials(Handle handle) {
        assertThat(one(handle, "SELECT id FROM credentials WHERE kind = 'api_key' AND ended_at IS NULL"))
                .isEqualTo("key_1");
        assertThat(one(handle, "SELECT hash FROM api_keys WHERE id = 'key_1'")).isEqualTo("key-hash");
        assertThat(one(handle, "SELECT family FROM refresh_tokens WHERE hash = 'refresh-hash'"))
                .isEqualTo("fam_1");
        assertThat(one(handle, "SELECT connector_id FROM connect_tokens WHERE parent = 'fam_1'"))
                .isEqualTo("con_1");
        assertThat(one(handle, "SELECT user_id FROM browser_sessions")).isEqualTo("usr_1");
        assertThat(handle.createQuery("SELECT sealed FROM signing_keys")
                        .mapTo(byte[].class)
                        .one())
                .containsExactly(1, 2, -1);
    }

    @Test
    void bothSetsOfMigrationsAreTwins() throws Exception {
        Path migrations = Path.of("src/main/resources/db/migration");
        assertThat(names(migrations.resolve("postgresql"))).isEqualTo(names(migrations.resolve("sqlite")));
    }

    private static List<String> names(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
