package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Quota;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotasTest {
    private static final int OFF = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    ControlFixture server;

    @BeforeEach
    void start() {
        server = new ControlFixture(folder, new ControlLimits(3, 5, 2, 1, OFF, OFF, address -> false));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void manyWhoMakeTunnelsAtOnceMakeAsManyAsMayBe() throws Exception { // B-D3, B-E5
        List<HttpResponse<String>> answers =
                Together.run(12, i -> server.post(server.tunnels(), "{\"endpoint\":\"" + (3000 + i) + "\"}"));
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(3);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 201)
                .hasSize(9)
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(409);
                    assertThat(problem(answer).type()).isEqualTo("/problems/quota-exceeded");
                    assertThat(problem(answer).detail())
                            .isEqualTo("tunnels: 3 used (expected: less than the 3 that are allowed)");
                });
        assertThat(quota()).isEqualTo(new Quota(3, 3, 2, 0, 1, 0));
        String known =
                read(server.get(server.tunnels())).at("/items/0/endpoint").asString();
        assertThat(server.post(server.tunnels(), "{\"endpoint\":\"" + known + "\"}")
                        .statusCode())
                .as("finding one makes none")
                .isEqualTo(200);
        server.delete(server.tunnels() + "/"
                + read(server.get(server.tunnels())).at("/items/0/id").asString());
        assertThat(server.post(server.tunnels(), "{\"endpoint\":\"9000\"}").statusCode())
                .isEqualTo(201);
    }

    @Test
    void onePersonsTunnelsAreCountedOverAllProjects() throws Exception { // B-D3
        String organization = server.adasOrganization();
        List<String> projects = List.of(server.adasProject, project(organization, "b"), project(organization, "c"));
        List<HttpResponse<String>> answers = Together.run(
                9,
                i -> server.post(
                        "/api/v1/projects/" + projects.get(i % 3) + "/tunnels",
                        "{\"endpoint\":\"" + (3000 + i) + "\"}"));
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(5);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .hasSize(4)
                .allSatisfy(answer -> assertThat(problem(answer).detail()).startsWith("tunnels of one person: 5 used"));
    }

    private String project(String organization, String name) {
        return read(server.post(
                        "/api/v1/projects", "{\"name\":\"" + name + "\",\"organization\":\"" + organization + "\"}"))
                .path("id")
                .asString();
    }

    @Test
    void keysAndConnectorsAreCountedToo() throws Exception { // B-D3
        List<HttpResponse<String>> keys = Together.run(6, i -> server.post(server.keys(), "{\"name\":\"k" + i + "\"}"));
        assertThat(keys).filteredOn(answer -> answer.statusCode() == 201).hasSize(2);
        List<HttpResponse<String>> connectors =
                Together.run(4, i -> server.put(server.connectors() + "/managed/dev_" + i, "{\"name\":\"c\"}"));
        assertThat(connectors).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
        assertThat(connectors).filteredOn(answer -> answer.statusCode() == 409).hasSize(3);
        String id = read(server.get(server.keys())).at("/items/0/id").asString();
        assertThat(server.send("POST", server.keys() + "/" + id + "/rotate", ADA, null)
                        .statusCode())
                .as("a successor takes its predecessor's place")
                .isEqualTo(201);
        assertThat(quota()).isEqualTo(new Quota(3, 0, 2, 2, 1, 1));
    }

    @Test
    void administratorsGoBeyond() { // B-D3
        server.store.writeOnly(
                handle -> handle.execute("UPDATE users SET administrator = ? WHERE id = 'usr_ada'", true));
        for (int i = 0; i < 8; i++) {
            assertThat(server.post(server.tunnels(), "{\"endpoint\":\"" + (3000 + i) + "\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    private Quota quota() {
        return ApiJson.STRICT.readValue(
                server.get("/api/v1/projects/" + server.adasProject + "/quota").body(), Quota.class);
    }
}
