package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Dependents;
import dev.porthole.core.api.Problem;
import dev.porthole.server.relay.SessionGrant;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OrganizationsTest {
    @TempDir
    Path folder;

    ControlFixture server;

    @BeforeEach
    void start() {
        server = new ControlFixture(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoeverMakesAnOrganizationOwnsIt() {
        HttpResponse<String> made = server.post("/api/v1/organizations", "{\"name\":\"Acme\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        String path = "/api/v1/organizations/" + read(made).path("id").asString();
        assertThat(read(server.get(path + "/members")).at("/items/0/role").asString())
                .isEqualTo("owner");
        assertThat(read(server.patch(path, "{\"name\":\"Acme Ltd\"}"))
                        .path("name")
                        .asString())
                .isEqualTo("Acme Ltd");
        assertThat(read(server.get(path)).path("name").asString()).isEqualTo("Acme Ltd");
        assertThat(read(server.get("/api/v1/organizations")).path("total").asInt())
                .isEqualTo(2);
        assertThat(server.send("GET", path, BOB, null).statusCode()).isEqualTo(404);
        assertThat(server.delete(path).statusCode()).isEqualTo(204);
        assertThat(server.get(path).statusCode()).isEqualTo(404);
        assertThat(problem(server.post("/api/v1/organizations", "{\"name\":\" \"}"))
                        .field())
                .isEqualTo("name");
    }

    @Test
    void aKeyMakesRenamesAndDeletesNoOrganization() {
        server.key("ada-key", "projects:read", "projects:write");
        String path = "/api/v1/organizations/" + server.adasOrganization();
        for (HttpResponse<String> refused : List.of(
                server.send("POST", "/api/v1/organizations", "ada-key", "{\"name\":\"x\"}"),
                server.send("POST", "/api/v1/projects", "ada-key", "{\"name\":\"x\"}"),
                server.send("PATCH", path, "ada-key", "{\"name\":\"x\"}"),
                server.send("DELETE", path, "ada-key", null))) {
            assertThat(problem(refused).type()).isEqualTo("/problems/key-of-one-project");
        }
        assertThat(server.send("GET", path, "ada-key", null).statusCode()).isEqualTo(200);
    }

    @Test
    void anOrganizationGoesWithItsProjectsOnlyIfThatIsSaid() {
        String organization = server.adasOrganization();
        String path = "/api/v1/organizations/" + organization;
        server.tunnel("3000");
        HttpResponse<String> refused = server.delete(path);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(problem(refused).type()).isEqualTo("/problems/organization-not-empty");
        assertThat(problem(refused).dependents())
                .containsExactly(new Dependents("projects", 1, List.of("Ada's project")));
        assertThat(server.delete(path + "?confirm=ada").statusCode()).isEqualTo(409);
        assertThat(server.delete(path + "?confirm=Ada").statusCode()).isEqualTo(204);
        assertThat(read(server.get("/api/v1/projects")).path("total").asInt()).isZero();
        assertThat(audit(null)).contains("organization.deleted");
        assertThat(audit(server.adasProject)).contains("project.deleted", "tunnel.deleted", "tunnel.created");
    }

    @Test
    void aProjectIsRenamed() {
        String path = "/api/v1/projects/" + server.adasProject;
        assertThat(read(server.patch(path, "{\"name\":\"Shop\"}")).path("name").asString())
                .isEqualTo("Shop");
        assertThat(read(server.get(path)).path("name").asString()).isEqualTo("Shop");
        var events = server.store.read(handle -> server.store.outbox().after(handle, server.adasProject, 1, 10));
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo("project.updated"));
    }

    @Test
    void aProjectSaysWhatHangsOnItAndTakesItAlongWhenAsked() throws Exception { // B-D13
        String path = "/api/v1/projects/" + server.adasProject;
        String tunnel = server.tunnel("3000");
        String name =
                read(server.get(server.tunnels() + "/" + tunnel)).path("name").asString();
        String connector = server.connector();
        JsonNode key = server.realKey(ADA, "{\"name\":\"deploy\"}");

        Problem problem = problem(server.delete(path));
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.type()).isEqualTo("/problems/project-not-empty");
        assertThat(problem.dependents())
                .containsExactly(
                        new Dependents("tunnels", 1, List.of(name)),
                        new Dependents("connectors", 1, List.of("Laptop")),
                        new Dependents("keys", 1, List.of("deploy")));
        assertThat(problem.detail())
                .isEqualTo("with it go 1 tunnel (" + name
                        + "), 1 connector (Laptop), 1 key (deploy) (expected: ?confirm=Ada's project)");
        assertThat(server.get(path).statusCode()).isEqualTo(200);

        HttpResponse<InputStream> stream = server.http.send(
                server.request(path + "/events", ADA).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader events = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(events.readLine()).isEqualTo(": ready");
            assertThat(server.delete(path + "?confirm=Ada's%20project").statusCode())
                    .isEqualTo(204);
            assertThat(events.lines().filter(line -> line.startsWith("id:"))).isEmpty();
        }
        assertThat(server.get(path).statusCode()).isEqualTo(404);
        assertThat(server.routes.find(name)).isNull();
        assertThat(server.endedCredentials.poll(10, SECONDS))
                .isEqualTo(key.at("/key/id").asString());
        assertThat(server.send("GET", "/api/v1/projects", key.path("secret").asString(), null)
                        .statusCode())
                .isEqualTo(401);
        SessionGrant grant = new SessionGrant(connector, server.adasProject, "fam_usr_ada");
        assertThat(server.endedSessions).anyMatch(which -> which.test(grant));
        assertThat(audit(server.adasProject))
                .contains("project.deleted", "tunnel.deleted", "connector.deleted", "key.created");
    }

    @Test
    void anEmptyProjectGoesAtOnce() {
        String id = read(server.post("/api/v1/projects", "{\"name\":\"empty\"}"))
                .path("id")
                .asString();
        assertThat(server.delete("/api/v1/projects/" + id).statusCode()).isEqualTo(204);
        assertThat(server.delete("/api/v1/projects/" + id).statusCode()).isEqualTo(404);
    }

    private List<String> audit(@Nullable String project) {
        return server.store.read(handle -> handle.createQuery("SELECT action FROM audit WHERE "
                        + (project == null ? "project_id IS NULL" : "project_id = '" + project + "'"))
                .mapTo(String.class)
                .list());
    }
}
