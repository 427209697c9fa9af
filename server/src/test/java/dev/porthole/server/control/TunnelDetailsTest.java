package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TunnelDetailsTest {
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
    void ofManyWhoChooseOneNameAtOnceOneHasIt() throws Exception { // B-D2, B-E3
        for (int round = 0; round < 5; round++) {
            String name = "mine-" + round;
            int from = 3000 + round * 10;
            List<HttpResponse<String>> answers = Together.run(
                    8,
                    i -> server.send(
                            "POST",
                            "/api/v1/projects/" + (i % 2 == 0 ? server.adasProject : server.bobsProject) + "/tunnels",
                            i % 2 == 0 ? ADA : BOB,
                            "{\"name\":\"" + name + "\",\"endpoint\":\"" + (from + i) + "\"}"));
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 201)
                    .singleElement()
                    .satisfies(answer ->
                            assertThat(read(answer).path("name").asString()).isEqualTo(name));
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 409)
                    .hasSize(7)
                    .allSatisfy(answer -> assertThat(problem(answer).type()).isEqualTo("/problems/name-taken"));
        }
    }

    @Test
    void ofManyWhoChangeOneVersionAtOnceOneDoes() throws Exception { // T-C3
        String id = server.tunnel("3000");
        List<Integer> answers = Together.run(
                6,
                i -> server.send(server.request(server.tunnels() + "/" + id, ADA)
                                .header("If-Match", "\"1\"")
                                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"label\":\"l" + i + "\"}"))
                                .build())
                        .statusCode());
        assertThat(answers)
                .containsOnlyOnce(200)
                .filteredOn(status -> status == 412)
                .hasSize(5);
        HttpRequest delete = server.request(server.tunnels() + "/" + id, ADA)
                .header("If-Match", "\"1\"")
                .DELETE()
                .build();
        assertThat(server.send(delete).statusCode()).isEqualTo(412);
    }

    @Test
    void metadataIsFreeAndComesBack() { // B-E9
        JsonNode made = read(server.post(
                server.tunnels(), "{\"endpoint\":\"3000\",\"metadata\":{\"team/branch\":\"main\",\"a\":\"\"}}"));
        assertThat(made.path("metadata").toString()).isEqualTo("{\"a\":\"\",\"team/branch\":\"main\"}");
        String path = server.tunnels() + "/" + made.path("id").asString();
        assertThat(read(server.get(path)).path("metadata")).isEqualTo(made.path("metadata"));
        JsonNode changed = read(server.patch(path, "{\"metadata\":{\"b\":\"2\"}}"));
        assertThat(changed.path("metadata").toString()).isEqualTo("{\"b\":\"2\"}");
        assertThat(changed.path("version").asInt()).isEqualTo(2);
        assertThat(read(server.patch(path, "{\"label\":\"x\"}"))
                        .path("metadata")
                        .toString())
                .isEqualTo("{\"b\":\"2\"}");
        assertThat(read(server.patch(path, "{\"metadata\":{}}"))
                        .path("metadata")
                        .toString())
                .isEqualTo("{}");
    }

    @Test
    void metadataHasBounds() { // B-E9, T-C2
        String many =
                IntStream.range(0, 33).mapToObj(i -> "\"k" + i + "\":\"v\"").collect(Collectors.joining(",", "{", "}"));
        Map<String, String> wrong = new TreeMap<>(Map.of(
                many,
                "metadata",
                "{\"\":\"v\"}",
                "metadata",
                "{\"-a\":\"v\"}",
                "metadata",
                "{\"" + "k".repeat(64) + "\":\"v\"}",
                "metadata",
                "{\"a\":\"" + "v".repeat(256) + "\"}",
                "metadata.a",
                "{\"a\":\"b\\u0000\"}",
                "metadata.a",
                "{\"a\":null}",
                "metadata.a",
                "{\"a\":7}",
                "metadata.a",
                "[]",
                "metadata"));
        wrong.forEach((metadata, field) -> {
            HttpResponse<String> refused = server.post(server.tunnels(), "{\"metadata\":" + metadata + "}");
            assertThat(refused.statusCode()).as(metadata).isEqualTo(400);
            assertThat(problem(refused).field()).as(metadata).isEqualTo(field);
        });
    }

    @Test
    void anExpiryIsSetMovedAndTakenAway() { // B-E6, B-E9
        String id = server.tunnel("3000");
        String path = server.tunnels() + "/" + id;
        Instant soon = server.scheduler.now().plusSeconds(60);
        assertThat(read(server.patch(path, "{\"expiresAt\":\"" + soon + "\"}"))
                        .path("expiresAt")
                        .asString())
                .isEqualTo(soon.toString());
        Instant later = soon.plusSeconds(60);
        server.patch(path, "{\"expiresAt\":\"" + later + "\"}");
        server.scheduler.advance(Duration.ofSeconds(61));
        assertThat(server.get(path).statusCode()).isEqualTo(200);
        JsonNode kept = read(server.patch(path, "{\"keep\":true}"));
        assertThat(kept.path("expiresAt").isNull()).isTrue();
        server.scheduler.advance(Duration.ofDays(1));
        assertThat(server.get(path).statusCode()).isEqualTo(200);
        Instant end = server.scheduler.now().plusSeconds(1);
        server.patch(path, "{\"expiresAt\":\"" + end + "\"}");
        server.scheduler.advance(Duration.ofSeconds(1));
        assertThat(server.get(path).statusCode()).isEqualTo(404);
        String other = server.tunnels() + "/" + server.tunnel("4000");
        assertThat(problem(server.patch(other, "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}"))
                        .field())
                .isEqualTo("expiresAt");
        assertThat(problem(server.patch(other, "{\"keep\":true,\"expiresAt\":\"2040-01-01T00:00:00Z\"}"))
                        .field())
                .isEqualTo("keep");
    }
}
