package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SignedInResourceTest {
    private static final String SESSIONS = "/api/v1/me/sessions";
    private static final String LOGINS = "/api/v1/me/logins";

    @TempDir
    Path folder;

    ControlFixture server;

    @BeforeEach
    void start() {
        server = new ControlFixture(folder);
        family("fam_usr_ada", "usr_ada");
        family("fam_usr_bob", "usr_bob");
        session("ses_ada", "usr_ada");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void peopleSeeWhereTheyAreSignedIn() { // B-D13
        JsonNode items = read(server.get(SESSIONS)).path("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).path("id").asString()).isEqualTo("ses_ada");
        assertThat(items.get(0).path("client").asString()).isEqualTo("Firefox on Linux");
        assertThat(items.get(0).path("address").asString()).isEqualTo("203.0.113.5");
        assertThat(items.get(0).path("current").asBoolean()).isFalse();
        assertThat(items.get(1).path("id").asString()).isEqualTo("fam_usr_ada");
        assertThat(items.get(1).path("kind").asString()).isEqualTo("app");
        assertThat(items.get(1).path("current").asBoolean()).isTrue();
    }

    @Test
    void endingASessionOrAnAppTakesEffectAtOnce() throws Exception { // T-I8
        assertThat(server.delete(SESSIONS + "/ses_ada").statusCode()).isEqualTo(204);
        assertThat(server.identity.ended.poll(10, SECONDS)).isEqualTo("ses_ada");
        assertThat(server.delete(SESSIONS + "/fam_usr_ada").statusCode()).isEqualTo(204);
        assertThat(server.identity.ended.poll(10, SECONDS)).isEqualTo("fam_usr_ada");
        assertThat(read(server.get(SESSIONS)).path("items")).isEmpty();
    }

    @Test
    void somebodyElsesAreNotThere() { // T-C1
        assertThat(server.send("DELETE", SESSIONS + "/ses_ada", BOB, null).statusCode())
                .isEqualTo(404);
        assertThat(server.send("DELETE", SESSIONS + "/fam_usr_ada", BOB, null).statusCode())
                .isEqualTo(404);
        assertThat(server.delete(SESSIONS + "/ses_none").statusCode()).isEqualTo(404);
        assertThat(read(server.get(SESSIONS)).path("items")).hasSize(2);
    }

    @Test
    void theSignInThatAnAccountWasMadeFromStays() { // B-D3
        JsonNode login = read(server.get(LOGINS)).path("items").get(0);
        assertThat(login.path("primary").asBoolean()).isTrue();
        HttpResponse<String> refused =
                server.delete(LOGINS + "/" + login.path("id").asString());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(problem(refused).type()).isEqualTo("/problems/account-state");
        assertThat(server.delete(LOGINS + "/log_none").statusCode()).isEqualTo(404);
    }

    @Test
    void linkedSignInsAreTheirOwnersAlone() { // T-C1, B-D3
        server.store.writeOnly(handle -> handle.execute("INSERT INTO logins (id, user_id, provider, subject, name,"
                + " created_at) VALUES ('log_1', 'usr_ada', 'github', '1', 'ada', 0)"));
        assertThat(server.send("DELETE", LOGINS + "/log_1", BOB, null).statusCode())
                .isEqualTo(404);
        assertThat(server.send("DELETE", LOGINS + "/log_1", ADA, null).statusCode())
                .isEqualTo(204);
        assertThat(read(server.get(LOGINS)).path("items")).hasSize(1);
    }

    private void session(String id, String user) {
        long now = server.scheduler.now().toEpochMilli();
        server.store.writeOnly(handle -> handle.execute(
                "INSERT INTO browser_sessions (hash, id, user_id, signed_in_at, seen_at, address, client)"
                        + " VALUES (?, ?, ?, ?, ?, '203.0.113.5', 'Firefox on Linux')",
                "hash of " + id,
                id,
                user,
                now,
                now));
    }

    private void family(String id, String user) {
        server.store.writeOnly(handle -> {
            handle.execute(
                    "INSERT INTO credentials (id, kind, user_id, created_at) VALUES (?, 'family', ?, 5)", id, user);
            handle.execute(
                    "INSERT INTO refresh_tokens (hash, family, client_id, scope, signed_in_at, expires_at)"
                            + " VALUES (?, ?, 'porthole-desktop', '', 5, 10)",
                    "hash of " + id,
                    id);
        });
    }
}
