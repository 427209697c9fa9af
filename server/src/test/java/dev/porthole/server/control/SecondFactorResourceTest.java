package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.identity.Principal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SecondFactorResourceTest {
    private static final String SECOND_FACTOR = "/api/v1/me/second-factor";
    private static final String PASSWORD = "quiet harbour kite 7";
    private static final String EVE = "eve-token";

    @TempDir
    Path folder;

    ControlFixture server;

    @BeforeEach
    void start() throws Exception {
        server = new ControlFixture(folder);
        server.store.writeOnly(handle -> {
            handle.execute("DELETE FROM organizations");
            handle.execute("DELETE FROM users");
        });
        String eve =
                server.identity.real().accounts().createFirst("eve", PASSWORD).orElseThrow();
        server.identity.add(EVE, new Principal.UserPrincipal(eve, "ses_eve"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void settingUpTakesThePasswordAndACodeAndShowsEachSecretOnce() { // T-I9
        assertThat(read(call("GET", SECOND_FACTOR, null)).path("on").asBoolean())
                .isFalse();
        HttpResponse<String> begun = call("POST", SECOND_FACTOR, "{\"password\":\"" + PASSWORD + "\"}");
        assertThat(begun.statusCode()).isEqualTo(201);
        assertThat(read(begun).path("uri").asString())
                .contains("secret=" + read(begun).path("secret").asString());

        HttpResponse<String> wrong = call("POST", SECOND_FACTOR + "/confirm", "{\"code\":\"000000\"}");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(problem(wrong).field()).isEqualTo("code");
        JsonNode status = read(call("GET", SECOND_FACTOR, null));
        assertThat(status.path("on").asBoolean()).isFalse();
        assertThat(status.toString()).doesNotContain(read(begun).path("secret").asString());
    }

    @Test
    void aWrongPasswordIsRefusedAndThrottled() { // T-I9
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> refused = call("POST", SECOND_FACTOR, "{\"password\":\"guess number " + i + "\"}");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(problem(refused).field()).isEqualTo("password");
            assertThat(refused.body()).doesNotContain("guess number");
        }
        HttpResponse<String> throttled = call("POST", SECOND_FACTOR, "{\"password\":\"" + PASSWORD + "\"}");
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void whatIsOffCantBeSwitchedOff() { // T-I9
        HttpResponse<String> refused =
                call("DELETE", SECOND_FACTOR, "{\"password\":\"" + PASSWORD + "\",\"code\":\"000000\"}");
        assertThat(refused.statusCode()).isEqualTo(409);
    }

    @Test
    void aNewPasswordTakesTheOldOneAndEndsOtherBrowsers() { // T-I9, B-D13
        session("ses_eve");
        session("ses_elsewhere");
        String next = "another good passphrase";
        assertThat(change("wrong password", next).statusCode()).isEqualTo(403);
        HttpResponse<String> weak = change(PASSWORD, "short");
        assertThat(weak.statusCode()).isEqualTo(400);
        assertThat(problem(weak).field()).isEqualTo("next");
        assertThat(weak.body()).doesNotContain("\"short\"");

        assertThat(change(PASSWORD, next).statusCode()).isEqualTo(204);

        JsonNode sessions = read(call("GET", "/api/v1/me/sessions", null)).path("items");
        assertThat(sessions).hasSize(1);
        assertThat(sessions.get(0).path("id").asString()).isEqualTo("ses_eve");
        assertThat(change(PASSWORD, next).statusCode()).isEqualTo(403);
    }

    @Test
    void anAccountOfAProviderHasNoPasswordHere() { // B-D3
        server.store.writeOnly(handle -> handle.execute("UPDATE users SET provider = 'github'"));
        assertThat(change(PASSWORD, "another good passphrase").statusCode()).isEqualTo(409);
        assertThat(call("POST", SECOND_FACTOR, "{\"password\":\"" + PASSWORD + "\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(read(call("GET", SECOND_FACTOR, null)).path("available").asBoolean())
                .isFalse();
    }

    private void session(String id) {
        long now = server.scheduler.now().toEpochMilli();
        server.store.writeOnly(handle -> handle.execute(
                "INSERT INTO browser_sessions (hash, id, user_id, signed_in_at, seen_at)"
                        + " SELECT ?, ?, id, ?, ? FROM users",
                "hash of " + id,
                id,
                now,
                now));
    }

    private HttpResponse<String> change(String current, String next) {
        return call("POST", "/api/v1/me/password", "{\"current\":\"" + current + "\",\"next\":\"" + next + "\"}");
    }

    private HttpResponse<String> call(String method, String path, @org.jspecify.annotations.Nullable String body) {
        return server.send(method, path, EVE, body);
    }
}
