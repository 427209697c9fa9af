package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TunnelsResourceTest {
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
    void creationNeedsNoFieldAndMakesLabelAndName() { // B-B7, B-D2, B-E9
        HttpResponse<String> created = server.post(server.tunnels(), "{}");
        JsonNode tunnel = read(created);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(tunnel.path("label").asString()).matches("[0-9a-f]{12}");
        String name = tunnel.path("name").asString();
        assertThat(name).matches("[a-z]+-[a-z]+-[a-z]+ing");
        assertThat(tunnel.path("url").asString()).isEqualTo("http://" + name + ".localhost:8080");
        assertThat(tunnel.path("enabled").asBoolean()).isFalse();
        assertThat(server.routes.find(name)).isNotNull();
        assertThat(read(server.get(server.tunnels())).path("total").asInt()).isEqualTo(1);
    }

    @Test
    void loopbackSpellingsOfAnEndpointAreOneTunnelWithOneLabel() { // B-B8, B-B7
        HttpResponse<String> first = server.post(server.tunnels(), "{\"endpoint\":\"http://localhost:3000\"}");
        assertThat(first.statusCode()).isEqualTo(201);
        for (String same : List.of("127.0.0.1:3000", "[::1]:3000", "HTTP://LOCALHOST:3000", "3000")) {
            HttpResponse<String> again =
                    server.post(server.tunnels(), "{\"label\":\"x\",\"endpoint\":\"" + same + "\"}");
            assertThat(again.statusCode()).as(same).isEqualTo(200);
            assertThat(read(again)).as(same).isEqualTo(read(first));
        }
        for (String other : List.of("localhost:3001", "0.0.0.0:3000", "192.168.1.9:3000", "https://localhost:3000")) {
            assertThat(server.post(server.tunnels(), "{\"endpoint\":\"" + other + "\"}")
                            .statusCode())
                    .as(other)
                    .isEqualTo(201);
        }
    }

    @Test
    void parallelCreationsOfOneEndpointMakeOneTunnel() { // B-B8, T-C3
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(server.http.sendAsync(
                    server.request(server.tunnels(), ControlFixture.ADA)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"endpoint\":\"5000\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        Set<String> ids = new HashSet<>();
        calls.forEach(call -> ids.add(read(call.join()).path("id").asString()));
        assertThat(ids).hasSize(1);
    }

    @Test
    void chosenNameIsCheckedAndNeverTakenFromAnyone() { // B-D2
        for (String bad : List.of("-a", "a-", "A", "a.b", "", "a_b", "x".repeat(64), "porthole", "xn--a", "www")) {
            HttpResponse<String> refused = server.post(server.tunnels(), "{\"name\":\"" + bad + "\"}");
            assertThat(refused.statusCode()).as(bad).isEqualTo(400);
            assertThat(problem(refused).field()).isEqualTo("name");
        }
        assertThat(server.post(server.tunnels(), "{\"name\":\"mine\",\"endpoint\":\"1\"}")
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> taken = server.send(
                "POST",
                "/api/v1/projects/" + server.bobsProject + "/tunnels",
                BOB,
                "{\"name\":\"mine\",\"endpoint\":\"2\"}");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(problem(taken).type()).isEqualTo("/problems/name-taken");
    }

    @Test
    void collidingNamesAreResolvedByOtherNames() { // B-D2
        RandomGenerator stuck = RandomGenerator.of("L64X128MixRandom");
        TunnelNames names = new TunnelNames(stuck);
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            assertThat(taken.add(names.fresh(taken::contains))).isTrue();
        }
        String afterAll = names.fresh(name -> name.matches("[a-z]+-[a-z]+-[a-z]+"));
        assertThat(afterAll).matches("[a-z]+-[a-z]+-[a-z]+-[0-9]+");
    }

    @Test
    void wordListsAreLongAndMakeLabels() { // B-D2
        for (String list : List.of("adjectives", "animals", "verbs")) {
            List<String> words = TunnelNames.words(list);
            assertThat(words).hasSizeGreaterThanOrEqualTo(150).doesNotHaveDuplicates();
            assertThat(words).allMatch(word -> word.matches("[a-z]{2,14}"));
        }
    }

    @Test
    void updateKeepsIdAndAddressAndRefusesAnothersEndpoint() { // B-B11, B-B8
        String one = server.tunnel("3000");
        server.tunnel("4000");
        String url = read(server.get(server.tunnels() + "/" + one)).path("url").asString();
        HttpResponse<String> moved =
                server.patch(server.tunnels() + "/" + one, "{\"label\":\"Shop\",\"endpoint\":\"https://localhost:9\"}");
        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(read(moved).path("label").asString()).isEqualTo("Shop");
        assertThat(read(moved).path("endpoint").asString()).isEqualTo("https://localhost:9");
        assertThat(read(moved).path("url").asString()).isEqualTo(url);
        HttpResponse<String> taken = server.patch(server.tunnels() + "/" + one, "{\"endpoint\":\"127.0.0.1:4000\"}");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(problem(taken).field()).isEqualTo("endpoint");
    }

    @Test
    void lostUpdateIsRefused() { // T-C3
        String id = server.tunnel("3000");
        assertThat(server.patch(server.tunnels() + "/" + id, "{\"label\":\"a\"}")
                        .headers()
                        .firstValue("ETag"))
                .contains("\"2\"");
        HttpRequest stale = server.request(server.tunnels() + "/" + id, ControlFixture.ADA)
                .header("If-Match", "\"1\"")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"label\":\"b\"}"))
                .build();
        assertThat(server.send(stale).statusCode()).isEqualTo(412);
        HttpRequest current = server.request(server.tunnels() + "/" + id, ControlFixture.ADA)
                .header("If-Match", "\"2\"")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"label\":\"b\"}"))
                .build();
        assertThat(server.send(current).statusCode()).isEqualTo(200);
    }

    @Test
    void repeatedCreationWithItsKeyGivesTheSameAnswer() { // T-C3
        HttpRequest create = server.request(server.tunnels(), ControlFixture.ADA)
                .header("Idempotency-Key", "abc")
                .POST(HttpRequest.BodyPublishers.ofString("{\"endpoint\":\"3000\"}"))
                .build();
        HttpResponse<String> first = server.send(create);
        HttpResponse<String> again = server.send(create);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(read(again)).isEqualTo(read(first));
        HttpRequest other = server.request(server.tunnels(), ControlFixture.ADA)
                .header("Idempotency-Key", "abc")
                .POST(HttpRequest.BodyPublishers.ofString("{\"endpoint\":\"3001\"}"))
                .build();
        assertThat(problem(server.send(other)).type()).isEqualTo("/problems/idempotency-key-reused");
    }

    @Test
    void listsPageByCursorToTheirEnd() { // T-C3
        List<String> made = new ArrayList<>();
        for (int port = 1; port <= 7; port++) {
            made.add(server.tunnel("localhost:" + port));
        }
        List<String> seen = new ArrayList<>();
        String path = server.tunnels() + "?limit=3";
        while (path != null) {
            JsonNode page = read(server.get(path));
            assertThat(page.path("total").asInt()).isEqualTo(7);
            page.path("items").forEach(item -> seen.add(item.path("id").asString()));
            JsonNode next = page.path("next");
            path = next.isString() ? server.tunnels() + "?limit=3&cursor=" + next.asString() : null;
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
        assertThat(problem(server.get(server.tunnels() + "?limit=0")).field()).isEqualTo("limit");
        assertThat(problem(server.get(server.tunnels() + "?cursor=nonsense")).field())
                .isEqualTo("cursor");
    }

    @Test
    void connectorGoesWithItsLastTunnelAndItsSessionsEnd() { // B-B11
        String connector = server.connector();
        String one = server.tunnel("3000");
        String two = server.tunnel("4000");
        for (String id : List.of(one, two)) {
            server.patch(server.tunnels() + "/" + id, "{\"enabled\":true,\"connector\":\"" + connector + "\"}");
        }
        assertThat(server.delete(server.tunnels() + "/" + one).statusCode()).isEqualTo(204);
        assertThat(server.get(server.connectors() + "/" + connector).statusCode())
                .isEqualTo(200);
        assertThat(server.delete(server.tunnels() + "/" + two).statusCode()).isEqualTo(204);
        assertThat(server.get(server.connectors() + "/" + connector).statusCode())
                .isEqualTo(404);
        assertThat(server.endedSessions).hasSize(1);
        assertThat(server.delete(server.tunnels() + "/" + two).statusCode()).isEqualTo(404);
    }

    @Test
    void tunnelIsDeletedThoughItsConnectorIsGone() { // B-B11
        String connector = server.connector();
        String id = server.tunnel("3000");
        server.patch(server.tunnels() + "/" + id, "{\"enabled\":true,\"connector\":\"" + connector + "\"}");
        assertThat(server.delete(server.connectors() + "/" + connector).statusCode())
                .isEqualTo(204);
        String name = read(server.get(server.tunnels() + "/" + id)).path("name").asString();
        assertThat(server.delete(server.tunnels() + "/" + id).statusCode()).isEqualTo(204);
        assertThat(server.routes.find(name)).isNull();
    }

    @Test
    void namesLastOverARestart() { // B-D2, T-R1
        String id = server.tunnel("3000");
        JsonNode before = read(server.get(server.tunnels() + "/" + id));
        server.close();
        server = new ControlFixture(folder);
        assertThat(read(server.get(server.tunnels() + "/" + id))).isEqualTo(before);
        assertThat(server.routes.find(before.path("name").asString())).isNotNull();
    }

    @Test
    void hostHeaderIsTheVisitorsUntilSomeoneSaysOtherwise() { // T-C2
        JsonNode plain = read(server.post(server.tunnels(), "{\"endpoint\":\"3000\"}"));
        JsonNode local = read(server.post(server.tunnels(), "{\"endpoint\":\"3001\",\"hostHeader\":\"localhost\"}"));
        assertThat(plain.path("hostHeader").asString()).isEqualTo("visitor");
        assertThat(local.path("hostHeader").asString()).isEqualTo("localhost");

        String address = server.tunnels() + "/" + plain.path("id").asString();
        JsonNode changed = read(server.patch(address, "{\"hostHeader\":\"localhost\"}"));
        assertThat(changed.path("hostHeader").asString()).isEqualTo("localhost");
        assertThat(changed.path("version").asInt()).isEqualTo(2);
        assertThat(read(server.patch(address, "{\"label\":\"shop\"}"))
                        .path("hostHeader")
                        .asString())
                .isEqualTo("localhost");

        assertThat(read(server.patch(address, "{\"hostHeader\":\"Shop.test:8080\"}"))
                        .path("hostHeader")
                        .asString())
                .isEqualTo("shop.test:8080");
        assertThat(read(server.get(address)).path("hostHeader").asString()).isEqualTo("shop.test:8080");

        HttpResponse<String> refused = server.patch(address, "{\"hostHeader\":\"http://shop.test/\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(problem(refused).field()).isEqualTo("hostHeader");
        assertThat(problem(refused).detail())
                .isEqualTo("host header: http://shop.test/"
                        + " (expected: visitor, localhost, or a name such as shop.test or shop.test:8080)");
        assertThat(server.patch(address, "{\"hostHeader\":7}").statusCode()).isEqualTo(400);
    }

    @Test
    void aFolderIsOneTunnelHoweverItsPathIsSpelled() { // B-B8, T-C2
        JsonNode made = read(server.post(server.tunnels(), "{\"endpoint\":\"file:///home/ada/My%20site\"}"));
        assertThat(made.path("endpoint").asString()).isEqualTo("file:///home/ada/My%20site");
        HttpResponse<String> again =
                server.post(server.tunnels(), "{\"endpoint\":\"file://localhost/home/ada/x/../My site/\"}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(read(again).path("id")).isEqualTo(made.path("id"));
        HttpResponse<String> refused = server.post(server.tunnels(), "{\"endpoint\":\"file:///\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(problem(refused).detail()).isEqualTo("endpoint: file:/// (expected: a folder, not a whole disk)");
    }

    // B-B13: better no tunnel than one that can never be ready.
    @Test
    void tcpEndpointIsRefusedWhereThereAreNoPorts() throws Exception {
        var refused = server.post(server.tunnels(), "{\"endpoint\":\"tcp://localhost:5432\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(read(refused).path("field").asString()).isEqualTo("endpoint");
        assertThat(read(refused).path("detail").asString())
                .isEqualTo(
                        "endpoint: tcp://localhost:5432 (expected: http or https; this server has no ports for tunnels)");
    }
}
