package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ProjectEvent;
import dev.porthole.core.api.Role;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.relay.TunnelRoute;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TunnelMovesTest {
    @TempDir
    Path folder;

    ControlFixture server;
    String target;

    @BeforeEach
    void start() {
        start(ControlLimits.NONE);
    }

    private void start(ControlLimits limits) {
        server = new ControlFixture(folder, limits);
        target = read(server.post("/api/v1/projects", "{\"name\":\"other\"}"))
                .path("id")
                .asString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aMovedTunnelKeepsIdNameAndAddress() { // B-D2
        String id = server.tunnel("3000");
        JsonNode before = read(server.get(server.tunnels() + "/" + id));
        HttpResponse<String> moved = move(id, target);
        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(moved.headers().firstValue("ETag")).contains("\"2\"");
        JsonNode after = read(moved);
        for (String same : List.of("id", "name", "url", "label", "endpoint", "createdAt")) {
            assertThat(after.path(same)).as(same).isEqualTo(before.path(same));
        }
        assertThat(after.path("project").asString()).isEqualTo(target);
        assertThat(server.get(server.tunnels() + "/" + id).statusCode()).isEqualTo(404);
        assertThat(read(server.get(there() + "/" + id))).isEqualTo(after);
        assertThat(server.routes.find(after.path("name").asString()))
                .isNotNull()
                .extracting(TunnelRoute::project)
                .isEqualTo(target);
        assertThat(events(server.adasProject).getLast()).isEqualTo("tunnel.deleted " + id);
        assertThat(events(target).getLast()).isEqualTo("tunnel.created " + id);
        for (String project : List.of(server.adasProject, target)) {
            var audit = server.store.read(handle -> server.store.audit().newest(handle, project, 10));
            assertThat(audit)
                    .anyMatch(entry -> entry.action().equals("tunnel.moved")
                            && entry.actor().equals("usr_ada"));
        }
    }

    private List<String> events(String project) {
        return server.store.read(handle -> server.store.outbox().after(handle, project, 0, 100)).stream()
                .map(TunnelMovesTest::told)
                .toList();
    }

    private static String told(ProjectEvent event) {
        return event.type() + " " + event.resource();
    }

    @Test
    void nobodyOfTheOldProjectCarriesItAnyMore() { // T-W10
        String connector = server.connector();
        String id = server.tunnel("3000");
        String other = server.tunnel("4000");
        for (String tunnel : List.of(id, other)) {
            server.patch(server.tunnels() + "/" + tunnel, "{\"enabled\":true,\"connector\":\"" + connector + "\"}");
        }
        SessionGrant grant = new SessionGrant(connector, server.adasProject, "fam_usr_ada");
        JsonNode moved = read(move(id, target));
        assertThat(moved.path("enabled").asBoolean()).isFalse();
        assertThat(moved.path("connector").isNull()).isTrue();
        assertThat(server.endedSessions).anyMatch(which -> which.test(grant));
        assertThat(server.control.authority().mayCarry(grant, List.of(id, other)))
                .containsExactly(other);
        assertThat(server.get(server.connectors() + "/" + connector).statusCode())
                .isEqualTo(200);
        move(other, target);
        assertThat(server.get(server.connectors() + "/" + connector).statusCode())
                .as("a managed connector goes with its last tunnel")
                .isEqualTo(404);
    }

    @Test
    void itsKeysComeAlongWithMakersWhoBelongThere() throws Exception { // B-D1
        server.join("usr_bob", Role.owner);
        String id = server.tunnel("3000");
        String body = "{\"name\":\"agent\",\"tunnel\":\"" + id + "\"}";
        JsonNode adas = server.realKey(ADA, body);
        JsonNode bobs = server.realKey(BOB, body);
        String organization = read(server.post("/api/v1/organizations", "{\"name\":\"Alone\"}"))
                .path("id")
                .asString();
        String alone = read(server.post(
                        "/api/v1/projects", "{\"name\":\"alone\",\"organization\":\"" + organization + "\"}"))
                .path("id")
                .asString();
        assertThat(move(id, alone).statusCode()).isEqualTo(200);
        assertThat(server.endedCredentials.poll(10, SECONDS))
                .isEqualTo(bobs.at("/key/id").asString());
        String path = "/api/v1/projects/" + alone + "/tunnels/" + id;
        assertThat(server.send("GET", path, adas.path("secret").asString(), null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send("GET", path, bobs.path("secret").asString(), null)
                        .statusCode())
                .isEqualTo(401);
        SessionGrant byKey =
                new SessionGrant("con_x", server.adasProject, adas.at("/key/id").asString());
        assertThat(server.endedSessions).anyMatch(which -> which.test(byKey));
    }

    @Test
    void whatCantBeMovedStaysAndSaysWhy() { // T-C1, T-C3
        String id = server.tunnel("3000");
        assertThat(problem(move(id, "prj_nowhere")).field()).isEqualTo("project");
        assertThat(problem(move(id, server.bobsProject)).field()).isEqualTo("project");
        assertThat(move("tun_nothing", target).statusCode()).isEqualTo(404);
        server.post(there(), "{\"endpoint\":\"127.0.0.1:3000\"}");
        HttpResponse<String> taken = move(id, target);
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(problem(taken).type()).isEqualTo("/problems/endpoint-taken");
        HttpRequest stale = server.request(server.tunnels() + "/" + id + "/move", ADA)
                .header("If-Match", "\"7\"")
                .POST(HttpRequest.BodyPublishers.ofString("{\"project\":\"" + target + "\"}"))
                .build();
        assertThat(server.send(stale).statusCode()).isEqualTo(412);
        assertThat(read(move(id, server.adasProject)).path("version").asInt()).isEqualTo(1);
        server.join("usr_bob", Role.member);
        assertThat(server.send("POST", server.tunnels() + "/" + id + "/move", BOB, body(server.bobsProject))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void itTakesTheRightToChangeBothProjects() {
        String id = server.tunnel("3000");
        String bobs = server.bobsProject;
        server.store.writeOnly(handle -> {
            String organization = server.store
                    .projects()
                    .find(handle, bobs)
                    .orElseThrow()
                    .organization()
                    .id();
            server.store.members().add(handle, organization, "usr_ada", Role.viewer, server.scheduler.now());
        });
        HttpResponse<String> refused = move(id, bobs);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(problem(refused).type()).isEqualTo("/problems/role-missing");
        assertThat(server.get(server.tunnels() + "/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void theTargetsQuotaHolds() throws Exception { // B-D3
        server.close();
        int off = Integer.MAX_VALUE;
        start(new ControlLimits(2, off, off, off, off, off, address -> false));
        String room = target;
        List<String> ids = List.of(server.tunnel("3000"), server.tunnel("3001"));
        server.post(there(), "{\"endpoint\":\"4000\"}");
        List<Integer> answers = Together.run(2, i -> move(ids.get(i), room).statusCode());
        assertThat(answers).containsExactlyInAnyOrder(200, 409);
    }

    private HttpResponse<String> move(String tunnel, String project) {
        return server.post(server.tunnels() + "/" + tunnel + "/move", body(project));
    }

    private static String body(String project) {
        return "{\"project\":\"" + project + "\"}";
    }

    private String there() {
        return "/api/v1/projects/" + target + "/tunnels";
    }
}
