package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.relay.SessionGrant;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KeysResourceTest {
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
    void aKeyIsShownOnceAndListedByItsPrefix() { // B-D1, T-C6
        HttpResponse<String> answer =
                server.post(server.keys(), "{\"name\":\"deploy\",\"scopes\":[\"tunnels:read\",\"projects:read\"]}");
        assertThat(answer.statusCode()).isEqualTo(201);
        String secret = read(answer).path("secret").asString();
        assertThat(secret).matches("phk_[A-Za-z0-9_-]{43}");

        JsonNode page = read(server.get(server.keys()));
        assertThat(page.path("total").asInt()).isEqualTo(1);
        JsonNode key = page.path("items").get(0);
        assertThat(key).isEqualTo(read(answer).path("key"));
        assertThat(key.path("prefix").asString()).isEqualTo(secret.substring(0, 8));
        assertThat(key.path("scopes").toString()).isEqualTo("[\"projects:read\",\"tunnels:read\"]");
        assertThat(key.path("user").asString()).isEqualTo("usr_ada");
        assertThat(page.toString()).doesNotContain(secret);
        assertThat(told()).doesNotContain(secret).contains("key.created");

        assertThat(server.send("GET", server.tunnels(), secret, null).statusCode())
                .isEqualTo(200);
        assertThat(server.send("POST", server.tunnels(), secret, "{}").statusCode())
                .isEqualTo(403);
    }

    private String told() {
        return server.store.read(handle ->
                server.store.outbox().after(handle, server.adasProject, 0, 100).toString()
                        + server.store.audit().newest(handle, server.adasProject, 100));
    }

    @Test
    void badRevokedExpiredAndForeignKeysAreRefusedAlike() { // B-D1, B-E2
        String revoked = secret("{\"name\":\"a\"}");
        String id = read(server.get(server.keys())).at("/items/0/id").asString();
        assertThat(server.delete(server.keys() + "/" + id).statusCode()).isEqualTo(204);
        assertThat(server.delete(server.keys() + "/" + id).statusCode()).isEqualTo(404);
        String expired = secret(
                "{\"name\":\"b\",\"expiresAt\":\"" + server.scheduler.now().plusSeconds(60) + "\"}");
        assertThat(server.send("GET", server.tunnels(), expired, null).statusCode())
                .isEqualTo(200);
        server.scheduler.advance(Duration.ofSeconds(60));
        String first = null;
        for (String bad : List.of(revoked, expired, "phk_" + "x".repeat(43), "phk_")) {
            HttpResponse<String> bearer = server.send("GET", server.tunnels(), bad, null);
            HttpRequest field = server.request(server.tunnels(), null)
                    .header("x-api-key", bad)
                    .build();
            for (HttpResponse<String> refused : List.of(bearer, server.send(field))) {
                assertThat(refused.statusCode()).isEqualTo(401);
                first = first == null ? refused.body() : first;
                assertThat(refused.body()).isEqualTo(first);
            }
        }
        assertThat(problem(server.post(server.keys(), "{\"name\":\"c\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}"))
                        .field())
                .isEqualTo("expiresAt");
    }

    @Test
    void revokingEndsTheKeysSessions() throws Exception { // T-I8, B-D1
        secret("{\"name\":\"a\"}");
        String id = read(server.get(server.keys())).at("/items/0/id").asString();
        server.delete(server.keys() + "/" + id);
        assertThat(server.endedCredentials.poll(10, SECONDS)).isEqualTo(id);
        assertThat(told()).contains("key.deleted");
    }

    @Test
    void aKeyWhoseTimeIsOverEndsWithItsSessions() throws Exception { // T-I8, B-D1
        String end = server.scheduler.now().plusSeconds(60).toString();
        String id = server.realKey(ADA, "{\"name\":\"a\",\"expiresAt\":\"" + end + "\"}")
                .at("/key/id")
                .asString();
        String rotated = read(server.post(server.keys() + "/" + id + "/rotate", "{}"))
                .at("/key/id")
                .asString();
        assertThat(server.endedCredentials.poll(10, SECONDS)).isEqualTo(id);
        server.scheduler.advance(Duration.ofSeconds(59));
        assertThat(read(server.get(server.keys())).path("total").asInt()).isEqualTo(1);
        server.scheduler.advance(Duration.ofSeconds(1));
        assertThat(server.endedCredentials.poll(10, SECONDS)).isEqualTo(rotated);
        assertThat(read(server.get(server.keys())).path("total").asInt()).isZero();
        for (String never : List.of("2020-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z")) {
            HttpResponse<String> refused =
                    server.post(server.keys(), "{\"name\":\"a\",\"expiresAt\":\"" + never + "\"}");
            assertThat(problem(refused).field()).isEqualTo("expiresAt");
        }
    }

    @Test
    void manyWhoRotateAtOnceMakeOneSuccessor() throws Exception { // B-D1
        String tunnel = server.tunnel("3000");
        for (int round = 0; round < 5; round++) {
            JsonNode old = server.realKey(ADA, "{\"name\":\"agent\",\"tunnel\":\"" + tunnel + "\"}");
            String path = server.keys() + "/" + old.at("/key/id").asString() + "/rotate";
            List<HttpResponse<String>> answers = Together.run(6, i -> server.send("POST", path, ADA, null));
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 409)
                    .hasSize(5)
                    .allSatisfy(answer -> assertThat(problem(answer).type()).isEqualTo("/problems/key-rotated"));
            JsonNode successor = read(answers.stream()
                    .filter(answer -> answer.statusCode() == 201)
                    .findFirst()
                    .orElseThrow());
            JsonNode live = read(server.get(server.keys()));
            assertThat(live.path("total").asInt()).isEqualTo(1);
            assertThat(live.at("/items/0/id")).isEqualTo(successor.at("/key/id"));
            assertThat(successor.at("/key/tunnel").asString()).isEqualTo(tunnel);
            assertThat(successor.at("/key/scopes")).isEqualTo(old.at("/key/scopes"));
            assertThat(server.send("GET", server.tunnels(), old.path("secret").asString(), null)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(server.send(
                                    "GET",
                                    server.tunnels(),
                                    successor.path("secret").asString(),
                                    null)
                            .statusCode())
                    .isEqualTo(200);
            server.delete(server.keys() + "/" + successor.at("/key/id").asString());
        }
    }

    @Test
    void aTunnelsKeyReachesItsTunnelAlone() { // B-D1, T-C4
        String tunnel = server.tunnel("3000");
        String other = server.tunnel("4000");
        String key = secret("{\"name\":\"agent\",\"tunnel\":\"" + tunnel + "\"}");
        JsonNode seen = read(server.send("GET", server.tunnels(), key, null));
        assertThat(seen.path("total").asInt()).isEqualTo(1);
        assertThat(seen.at("/items/0/id").asString()).isEqualTo(tunnel);
        for (String method : List.of("GET", "PATCH", "DELETE")) {
            assertThat(server.send(method, server.tunnels() + "/" + other, key, "{}")
                            .statusCode())
                    .as(method)
                    .isEqualTo(404);
        }
        assertThat(server.send("POST", server.tunnels() + "/" + other + "/move", key, "{\"project\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.send("POST", server.tunnels(), key, "{\"endpoint\":\"3000\"}")
                        .statusCode())
                .isEqualTo(200);
        for (String endpoint : List.of("4000", "5000")) {
            HttpResponse<String> refused =
                    server.send("POST", server.tunnels(), key, "{\"endpoint\":\"" + endpoint + "\"}");
            assertThat(problem(refused).type()).isEqualTo("/problems/key-of-one-tunnel");
        }
        assertThat(server.send("GET", server.connectors(), key, null).statusCode())
                .isEqualTo(403);
        assertThat(server.send("GET", server.keys(), key, null).statusCode()).isEqualTo(403);
        assertThat(problem(server.post(server.keys(), "{\"name\":\"x\",\"tunnel\":\"tun_0\"}"))
                        .field())
                .isEqualTo("tunnel");
        HttpResponse<String> more = server.post(
                server.keys(), "{\"name\":\"x\",\"tunnel\":\"" + tunnel + "\",\"scopes\":[\"keys:write\"]}");
        assertThat(problem(more).field()).isEqualTo("scopes");
    }

    @Test
    void aTunnelsKeyConnectsForItsTunnelAndCarriesNoOther() { // B-D1, T-W10
        String tunnel = server.tunnel("3000");
        String other = server.tunnel("4000");
        String laptop = server.connector();
        carried(other, laptop);
        String key = secret("{\"name\":\"agent\",\"tunnel\":\"" + tunnel + "\"}");
        String foreign = "{\"connector\":\"" + laptop + "\"}";
        assertThat(server.send("POST", "/api/v1/connect-tokens", key, foreign).statusCode())
                .isEqualTo(404);
        assertThat(server.send("DELETE", server.connectors() + "/" + laptop, key, null)
                        .statusCode())
                .isEqualTo(404);

        String own = read(server.send("PUT", server.connectors() + "/managed/dev_9", key, "{\"name\":\"Box\"}"))
                .path("id")
                .asString();
        assertThat(server.send(
                                "PATCH",
                                server.tunnels() + "/" + tunnel,
                                key,
                                "{\"enabled\":true,\"connector\":\"" + own + "\"}")
                        .statusCode())
                .isEqualTo(200);
        carried(other, own);
        String token = read(server.send("POST", "/api/v1/connect-tokens", key, "{\"connector\":\"" + own + "\"}"))
                .path("token")
                .asString();
        SessionGrant grant = server.control.authority().authorize(token).orElseThrow();
        assertThat(server.control.authority().mayCarry(grant, List.of(tunnel, other)))
                .containsExactly(tunnel);
    }

    private void carried(String tunnel, String connector) {
        HttpResponse<String> on =
                server.patch(server.tunnels() + "/" + tunnel, "{\"enabled\":true,\"connector\":\"" + connector + "\"}");
        assertThat(on.statusCode()).isEqualTo(200);
    }

    @Test
    void aTunnelsKeysGoWithIt() throws Exception { // B-D1
        String tunnel = server.tunnel("3000");
        JsonNode key = server.realKey(ADA, "{\"name\":\"agent\",\"tunnel\":\"" + tunnel + "\"}");
        server.delete(server.tunnels() + "/" + tunnel);
        assertThat(server.endedCredentials.poll(10, SECONDS))
                .isEqualTo(key.at("/key/id").asString());
        assertThat(server.send("GET", server.tunnels(), key.path("secret").asString(), null)
                        .statusCode())
                .isEqualTo(401);
        assertThat(read(server.get(server.keys())).path("total").asInt()).isZero();
    }

    @Test
    void aTunnelsKeyHearsOfItsTunnelAlone() throws Exception {
        String tunnel = server.tunnel("3000");
        String key = secret("{\"name\":\"agent\",\"tunnel\":\"" + tunnel + "\"}");
        String events = "/api/v1/projects/" + server.adasProject + "/events?after=0";
        HttpResponse<Stream<String>> stream =
                server.http.send(server.request(events, key).build(), HttpResponse.BodyHandlers.ofLines());
        server.tunnel("4000");
        server.patch(server.tunnels() + "/" + tunnel, "{\"label\":\"last\"}");
        List<String> told;
        try (Stream<String> lines = stream.body()) {
            told = lines.filter(line -> line.startsWith("data:")).limit(2).toList();
        }
        assertThat(told).allMatch(line -> line.contains("\"resource\":\"" + tunnel + "\""));
        assertThat(told.getLast()).contains("\"label\":\"last\"");
    }

    @Test
    void theLastUseIsKnownToTheMinuteAndNotEachCallIsAWrite() { // B-D1
        String key = secret("{\"name\":\"a\"}");
        JsonNode never = read(server.get(server.keys())).at("/items/0");
        assertThat(never.has("lastUsedAt")).isFalse();
        String first = server.scheduler.now().toString();
        use(key);
        assertThat(lastUse()).isEqualTo(first);
        server.scheduler.advance(Duration.ofSeconds(59));
        use(key);
        assertThat(lastUse()).isEqualTo(first);
        server.scheduler.advance(Duration.ofSeconds(1));
        use(key);
        assertThat(lastUse()).isEqualTo(server.scheduler.now().toString());
    }

    private void use(String key) {
        assertThat(server.send("GET", server.tunnels(), key, null).statusCode()).isEqualTo(200);
    }

    private String lastUse() {
        return read(server.get(server.keys())).at("/items/0/lastUsedAt").asString();
    }

    private String secret(String body) {
        JsonNode made = server.realKey(ADA, body);
        assertThat(made.path("secret").isString()).as(made.toString()).isTrue();
        return made.path("secret").asString();
    }
}
