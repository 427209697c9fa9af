package dev.porthole.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.api.Role;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersMigrationTest {
    @TempDir
    Path folder;

    @Test
    void rolesKeysAndTunnelsOfOlderDatabasesStay() { // T-R1
        Flyway before = Flyway.configure()
                .dataSource("jdbc:sqlite:" + folder.resolve(Store.FILE), null, null)
                .locations("classpath:db/migration/sqlite")
                .target("4")
                .load();
        before.migrate();
        try (var connection = before.getConfiguration().getDataSource().getConnection();
                var sql = connection.createStatement()) {
            sql.execute("INSERT INTO users VALUES ('usr_1', 'local', 'ada', 'Ada', NULL, NULL, 0, 1, 1)");
            sql.execute("INSERT INTO users VALUES ('usr_2', 'local', 'bob', 'Bob', NULL, NULL, 0, 1, 1)");
            sql.execute("INSERT INTO organizations VALUES ('org_1', 'Acme', NULL, 1)");
            sql.execute("INSERT INTO memberships VALUES ('org_1', 'usr_1', 'owner', 5)");
            sql.execute("INSERT INTO memberships VALUES ('org_1', 'usr_2', 'member', 6)");
            sql.execute("INSERT INTO projects VALUES ('prj_1', 'org_1', 'web', 0, 1)");
            sql.execute("INSERT INTO credentials VALUES ('key_1', 'api_key', 'usr_1', 1, NULL, NULL)");
            sql.execute("INSERT INTO api_keys VALUES ('key_1', 'h', 'phk_abcd', 'k', 'prj_1', 'tunnels:read', NULL)");
            sql.execute("INSERT INTO tunnels (id, project_id, name, label, endpoint, enabled, conditions, version,"
                    + " created_at) VALUES ('tun_1', 'prj_1', 'a-b-c', 'l', 'http://localhost:3000', 0, '[]', 1, 1)");
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
        try (Store store = Store.open(folder)) {
            store.writeOnly(handle -> {
                assertThat(store.members().role(handle, "org_1", "usr_1")).contains(Role.owner);
                assertThat(store.members().find(handle, "org_1", "usr_2"))
                        .hasValueSatisfying(member -> assertThat(member.since()).isEqualTo(Instant.ofEpochMilli(6)));
                store.members().change(handle, "org_1", "usr_2", Role.viewer);
                assertThat(store.members().role(handle, "org_1", "usr_2")).contains(Role.viewer);
                assertThat(store.keys().findIn(handle, "prj_1", "key_1")).hasValueSatisfying(key -> {
                    assertThat(key.tunnel()).isNull();
                    assertThat(key.lastUsedAt()).isNull();
                });
                assertThat(store.tunnels().find(handle, "tun_1"))
                        .hasValueSatisfying(
                                tunnel -> assertThat(tunnel.metadata()).isEmpty());
            });
            assertThatThrownBy(() -> store.writeOnly(
                            handle -> handle.execute("UPDATE memberships SET role = 'king' WHERE user_id = 'usr_2'")))
                    .hasMessageContaining("CHECK");
        }
    }
}
