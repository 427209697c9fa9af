package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.identity.ApiKeys;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class UsersResourceTest {
    private static final String USERS = "/api/v1/admin/users";

    @TempDir
    Path folder;

    ControlFixture server;

    @BeforeEach
    void start() {
        server = new ControlFixture(folder);
        administrator("usr_ada", true);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void othersAreRefused() { // B-D13, T-C4
        for (String method : new String[] {"GET", "PATCH"}) {
            String path = method.equals("GET") ? USERS : USERS + "/usr_ada";
            assertThat(server.send(method, path, null, "{}").statusCode()).isEqualTo(401);
            assertThat(server.send(method, path, BOB, "{}").statusCode()).isEqualTo(403);
        }
        for (String path : new String[] {USERS + "/usr_ada/password-reset", "/api/v1/admin/invitations"}) {
            assertThat(server.send("POST", path, BOB, "{\"administrator\":true}")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(server.send("DELETE", USERS + "/usr_ada/second-factor", BOB, null)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aKeyIsNoAdministratorWhateverItsScopes() { // T-C4
        server.key("ada-key", "admin", "account:write", "account:read");
        assertThat(server.send("GET", USERS, "ada-key", null).statusCode()).isEqualTo(403);
        assertThat(server.send("GET", "/api/v1/me/sessions", "ada-key", null).statusCode())
                .isEqualTo(403);
        assertThat(Scope.all()).doesNotContain("admin", "account:write");
    }

    @Test
    void accountsAreListedByPages() { // B-D13, T-C3
        JsonNode first = read(server.get(USERS + "?limit=1"));
        assertThat(first.path("total").asInt()).isEqualTo(2);
        assertThat(first.path("items").get(0).path("name").asString()).isEqualTo("Ada");
        JsonNode second =
                read(server.get(USERS + "?limit=1&cursor=" + first.path("next").asString()));
        assertThat(second.path("items").get(0).path("name").asString()).isEqualTo("Bob");
        assertThat(second.path("items").get(0).path("active").asBoolean()).isTrue();
        assertThat(second.path("next").isString()).isFalse();
        assertThat(first.toString()).doesNotContain("password");
    }

    @Test
    void deactivatingEndsKeysAtOnceAndKeepsNamesAndAudit() throws Exception { // B-D3
        ApiKeys.Minted key = server.identity
                .real()
                .apiKeys()
                .mint("usr_bob", server.bobsProject, "ci", Set.of("tunnels:read"), null);

        HttpResponse<String> answer = server.patch(USERS + "/usr_bob", "{\"active\":false}");

        assertThat(read(answer).path("active").asBoolean()).isFalse();
        assertThat(server.identity.real().apiKeys().verify(key.secret())).isEmpty();
        assertThat(server.identity.ended.poll(10, SECONDS)).isEqualTo(key.id());
        assertThat(read(server.get(USERS + "/usr_bob")).path("name").asString()).isEqualTo("Bob");
        assertThat(actions()).contains("user.deactivated");

        server.patch(USERS + "/usr_bob", "{\"active\":true}");
        assertThat(server.identity.real().apiKeys().verify(key.secret()))
                .as("ended is ended")
                .isEmpty();
    }

    @Test
    void theLastAdministratorStaysOne() { // B-D3
        for (String change : new String[] {"{\"administrator\":false}", "{\"active\":false}"}) {
            HttpResponse<String> refused = server.patch(USERS + "/usr_ada", change);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(problem(refused).type()).isEqualTo("/problems/last-administrator");
        }
        server.patch(USERS + "/usr_bob", "{\"administrator\":true}");
        assertThat(server.patch(USERS + "/usr_ada", "{\"administrator\":false}").statusCode())
                .isEqualTo(200);
        assertThat(server.get(USERS).statusCode()).as("not one any more").isEqualTo(403);
    }

    @Test
    void twoWhoLeaveAtOnceLeaveOneAdministrator() throws Exception { // B-D3
        for (int round = 0; round < 10; round++) {
            administrator("usr_ada", true);
            administrator("usr_bob", true);
            List<Callable<Integer>> leaving = new ArrayList<>();
            leaving.add(() -> server.send("PATCH", USERS + "/usr_ada", ADA, "{\"administrator\":false}")
                    .statusCode());
            leaving.add(() -> server.send("PATCH", USERS + "/usr_bob", BOB, "{\"administrator\":false}")
                    .statusCode());
            List<Integer> answers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Integer> one : threads.invokeAll(leaving)) {
                    answers.add(one.get());
                }
            }
            assertThat(answers).containsExactlyInAnyOrder(200, 409);
        }
    }

    @Test
    void linksAreForLocalAccountsAndSayWhenTheyEnd() { // B-D3
        HttpResponse<String> invitation = server.post("/api/v1/admin/invitations", "{\"administrator\":false}");
        assertThat(invitation.statusCode()).isEqualTo(201);
        assertThat(read(invitation).path("link").asString()).startsWith("http://porthole.localhost:8080/join/");
        assertThat(read(server.post(USERS + "/usr_bob/password-reset", "{}"))
                        .path("link")
                        .asString())
                .startsWith("http://porthole.localhost:8080/new-password/");

        server.store.writeOnly(handle -> handle.execute("UPDATE users SET provider = 'github' WHERE id = 'usr_bob'"));
        assertThat(server.post(USERS + "/usr_bob/password-reset", "{}").statusCode())
                .isEqualTo(409);
        assertThat(server.post(USERS + "/usr_none/password-reset", "{}").statusCode())
                .isEqualTo(404);
        assertThat(actions()).contains("user.invited", "user.password-reset-link");
    }

    @Test
    void deletingNamesWhatGoesFirst() throws Exception { // B-D13
        ApiKeys.Minted key = server.identity
                .real()
                .apiKeys()
                .mint("usr_bob", server.bobsProject, "ci", Set.of("tunnels:read"), null);
        String tunnel = read(server.send(
                        "POST",
                        "/api/v1/projects/" + server.bobsProject + "/tunnels",
                        BOB,
                        "{\"endpoint\":\"http://localhost:3000\"}"))
                .path("name")
                .asString();
        assertThat(server.routes.find(tunnel)).isNotNull();

        HttpResponse<String> asked = server.delete(USERS + "/usr_bob");
        assertThat(asked.statusCode()).isEqualTo(409);
        assertThat(problem(asked).type()).isEqualTo("/problems/user-not-empty");
        assertThat(problem(asked).detail()).contains("1 organization, 1 project, 1 tunnel, 1 key", "?confirm=Bob");
        assertThat(server.delete(USERS + "/usr_bob?confirm=bob").statusCode()).isEqualTo(409);

        assertThat(server.delete(USERS + "/usr_bob?confirm=Bob").statusCode()).isEqualTo(204);

        assertThat(server.get(USERS + "/usr_bob").statusCode()).isEqualTo(404);
        assertThat(server.routes.find(tunnel)).isNull();
        assertThat(server.identity.real().apiKeys().verify(key.secret())).isEmpty();
        assertThat(server.identity.ended.poll(10, SECONDS)).isEqualTo(key.id());
        assertThat(actions()).as("audit outlives what it names").contains("tunnel.created", "user.deleted");
    }

    @Test
    void whatOthersOwnAsWellStays() { // B-D13
        server.store.writeOnly(handle -> handle.execute(
                "INSERT INTO memberships (organization_id, user_id, role, created_at)"
                        + " SELECT organization_id, 'usr_ada', 'owner', 0 FROM projects WHERE id = ?",
                server.bobsProject));
        assertThat(server.delete(USERS + "/usr_bob").statusCode()).isEqualTo(204);
        assertThat(server.get("/api/v1/projects/" + server.bobsProject).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theLastAdministratorIsNotDeleted() { // B-D3
        HttpResponse<String> refused = server.delete(USERS + "/usr_ada?confirm=Ada");
        assertThat(problem(refused).type()).isEqualTo("/problems/last-administrator");
        assertThat(server.send("DELETE", USERS + "/usr_ada?confirm=Ada", BOB, null)
                        .statusCode())
                .isEqualTo(403);
    }

    private List<String> actions() {
        return server.store.read(handle -> handle.createQuery("SELECT action FROM audit ORDER BY at, id")
                .mapTo(String.class)
                .list());
    }

    private void administrator(String user, boolean is) {
        server.store.writeOnly(handle -> server.store.users().setAdministrator(handle, user, is));
    }
}
