package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AdminDataTest {
    private static final String TABLES = "/api/v1/admin/tables";
    private static final String QUERY = "/api/v1/admin/query";
    private static final String HEALTH = "/api/v1/admin/health";

    @TempDir
    Path folder;

    private ControlFixture server;

    @BeforeEach
    void start() {
        server = new ControlFixture(folder);
        server.store.writeOnly(handle -> handle.execute(
                "UPDATE users SET administrator = ?, password_hash = 'planted-hash' WHERE id = 'usr_ada'", true));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> query(String sql) {
        return server.post(QUERY, "{\"sql\":\"" + sql + "\"}");
    }

    @Test
    void onlySignedInAdministratorsAreAnswered() { // B-D13, T-C4
        server.key("ada-key", Scope.all().toArray(String[]::new));
        for (String path : List.of(TABLES, TABLES + "/users", HEALTH)) {
            assertThat(server.send("GET", path, null, null).statusCode()).isEqualTo(401);
            assertThat(server.send("GET", path, "ada-key", null).statusCode()).isEqualTo(403);
            HttpResponse<String> bobs = server.send("GET", path, BOB, null);
            assertThat(bobs.statusCode()).isEqualTo(403);
            assertThat(problem(bobs).type()).isEqualTo("/problems/administrators-only");
            assertThat(server.send("GET", path, ADA, null).statusCode()).isEqualTo(200);
        }
        String body = "{\"sql\":\"SELECT 1\"}";
        assertThat(server.send("POST", QUERY, null, body).statusCode()).isEqualTo(401);
        assertThat(server.send("POST", QUERY, "ada-key", body).statusCode()).isEqualTo(403);
        assertThat(server.send("POST", QUERY, BOB, body).statusCode()).isEqualTo(403);
        assertThat(Scope.all()).doesNotContain("admin");
    }

    @Test
    void healthSaysWhatRunsOnWhat() { // B-D13
        server.tunnel("3000");
        server.scheduler.advance(java.time.Duration.ofSeconds(90));
        JsonNode health = read(server.get(HEALTH));
        assertThat(health.path("version").asString()).isEqualTo("test");
        assertThat(health.path("database").asString()).startsWith("SQLite 3.");
        assertThat(health.path("databaseBytes").asLong()).isGreaterThan(10_000);
        assertThat(health.path("schema").asInt()).isGreaterThanOrEqualTo(4);
        assertThat(health.path("uptimeSeconds").asLong()).isEqualTo(90);
        assertThat(health.path("sessions").asInt()).isZero();
        assertThat(health.path("tunnels").asLong()).isEqualTo(1);
        assertThat(health.path("heapBytes").asLong()).isPositive();
    }

    @Test
    void tablesArePagedAndTheirSecretsHidden() { // B-D13, T-C6
        JsonNode tables = read(server.get(TABLES));
        assertThat(tables.path("total").asInt()).isGreaterThan(10);
        assertThat(tables.path("items").findValuesAsString("name")).contains("users", "tunnels", "audit");
        HttpResponse<String> answer = server.get(TABLES + "/users?limit=1");
        assertThat(answer.body()).contains("Ada", "(hidden)").doesNotContain("planted-hash");
        JsonNode first = read(answer);
        assertThat(first.path("rows")).hasSize(1);
        assertThat(first.path("more").asBoolean()).isTrue();
        JsonNode second = read(server.get(
                TABLES + "/users?limit=1&cursor=" + first.path("next").asString()));
        assertThat(second.at("/rows/0/0").asString()).isEqualTo("usr_bob");
        assertThat(second.path("next").isNull() || second.path("next").isMissingNode())
                .isTrue();
        assertThat(problem(server.get(TABLES + "/users?cursor=x")).field()).isEqualTo("cursor");
        assertThat(problem(server.get(TABLES + "/users?limit=0")).field()).isEqualTo("limit");
        assertThat(problem(server.get(TABLES + "/nothing")).status()).isEqualTo(404);
    }

    @Test
    void questionsAreAnsweredOrRefusedWithTheReason() { // B-D13
        JsonNode answer = read(query("SELECT id, email FROM users ORDER BY id"));
        assertThat(answer.at("/columns/1/name").asString()).isEqualTo("email");
        assertThat(answer.at("/rows/0/0").asString()).isEqualTo("usr_ada");
        assertThat(answer.at("/rows/0/1").isNull()).isTrue();
        HttpResponse<String> refused = query("DELETE FROM users");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(problem(refused).field()).isEqualTo("sql");
        assertThat(problem(refused).detail()).isEqualTo("sql: expected: a SELECT");
        assertThat(query("SELECT password_hash FROM users").body())
                .contains("password_hash")
                .doesNotContain("planted-hash");
        assertThat(read(server.get(TABLES + "/users")).path("rows")).hasSize(2);
    }

    @Test
    void whatWasAskedIsInTheAuditTrailInOneShortLine() { // B-D13
        query("SELECT id\\n  FROM users");
        query("SELECT '" + "x".repeat(400) + "'");
        JsonNode asked =
                read(server.get("/api/v1/admin/audit?action=data.asked")).path("items");
        assertThat(asked).hasSize(2);
        assertThat(asked.findValuesAsString("actor")).containsOnly("usr_ada");
        assertThat(asked.findValuesAsString("detail"))
                .contains("SELECT id FROM users", "SELECT '" + "x".repeat(292) + "…");
    }
}
