package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InvitationsTest {
    @TempDir
    Path folder;

    ControlFixture server;
    String invitations;

    @BeforeEach
    void start() {
        server = new ControlFixture(folder);
        invitations = "/api/v1/organizations/" + server.adasOrganization() + "/invitations";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLinkLetsOnePersonInOnce() { // T-C6
        JsonNode made = read(server.post(invitations, "{\"role\":\"member\",\"email\":\"bob@example.com\"}"));
        String link = made.path("link").asString();
        assertThat(link).matches("http://porthole\\.localhost:8080/invitations/phi_[A-Za-z0-9_-]{43}");
        JsonNode listed = read(server.get(invitations)).path("items").get(0);
        assertThat(listed.path("email").asString()).isEqualTo("bob@example.com");
        assertThat(listed.has("link")).isFalse();
        assertThat(stored(secret(link))).isFalse();

        JsonNode offer = read(server.send("GET", at(link), BOB, null));
        assertThat(offer.at("/organization/name").asString()).isEqualTo("Ada");
        assertThat(offer.path("role").asString()).isEqualTo("member");
        assertThat(server.send("POST", at(link) + "/accept", BOB, null).statusCode())
                .isEqualTo(200);
        assertThat(server.send("GET", server.tunnels(), BOB, null).statusCode()).isEqualTo(200);
        server.person("usr_carol", "Carol", "carol-token");
        assertThat(server.send("POST", at(link) + "/accept", "carol-token", null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(read(server.get(invitations)).path("total").asInt()).isZero();
    }

    @Test
    void manyWhoAcceptOneLinkAtOnceAreOne() throws Exception {
        for (int i = 0; i < 8; i++) {
            server.person("usr_" + i, "Person " + i, "token-" + i);
        }
        String link = link("{\"role\":\"viewer\"}");
        List<Integer> answers = Together.run(
                8,
                i -> server.send("POST", at(link) + "/accept", "token-" + i, null)
                        .statusCode());
        assertThat(answers)
                .containsOnlyOnce(200)
                .filteredOn(status -> status == 404)
                .hasSize(7);
        assertThat(read(server.get(invitations.replace("/invitations", "/members")))
                        .path("total")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void unknownOverAndWithdrawnLinksAreAlike() {
        String over = link("{\"role\":\"member\"}");
        server.scheduler.advance(Duration.ofDays(7));
        String withdrawn = link("{\"role\":\"member\"}");
        String id = read(server.get(invitations)).at("/items/0/id").asString();
        assertThat(server.delete(invitations + "/" + id).statusCode()).isEqualTo(204);
        assertThat(server.delete(invitations + "/" + id).statusCode()).isEqualTo(404);
        String unknown = "http://porthole.localhost:8080/invitations/phi_unknown";
        for (String link : List.of(over, withdrawn, unknown)) {
            for (HttpResponse<String> refused : List.of(
                    server.send("GET", at(link), BOB, null), server.send("POST", at(link) + "/accept", BOB, null))) {
                assertThat(refused.statusCode()).isEqualTo(404);
                assertThat(problem(refused).title()).isEqualTo("There is no such invitation");
            }
        }
    }

    @Test
    void whoeverBelongsAlreadyLeavesTheLinkToOthers() {
        server.join("usr_bob", Role.viewer);
        String link = link("{\"role\":\"owner\"}");
        HttpResponse<String> refused = server.send("POST", at(link) + "/accept", BOB, null);
        assertThat(problem(refused).type()).isEqualTo("/problems/already-member");
        server.person("usr_carol", "Carol", "carol-token");
        assertThat(server.send("POST", at(link) + "/accept", "carol-token", null)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void keysAcceptNothing() {
        String link = link("{\"role\":\"member\"}");
        server.key("ada-key", "projects:read");
        HttpResponse<String> refused = server.send("POST", at(link) + "/accept", "ada-key", null);
        assertThat(problem(refused).type()).isEqualTo("/problems/key-of-one-project");
    }

    @Test
    void endsThatAreOverOrFarAreRefused() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofDays(31))) {
            HttpResponse<String> refused = server.post(
                    invitations,
                    "{\"role\":\"member\",\"expiresAt\":\""
                            + server.scheduler.now().plus(wrong) + "\"}");
            assertThat(problem(refused).field()).isEqualTo("expiresAt");
        }
        for (int i = 0; i < 100; i++) {
            link("{\"role\":\"member\"}");
        }
        assertThat(problem(server.post(invitations, "{\"role\":\"member\"}")).type())
                .isEqualTo("/problems/too-many-invitations");
    }

    private String link(String body) {
        HttpResponse<String> made = server.post(invitations, body);
        assertThat(made.statusCode()).isEqualTo(201);
        return read(made).path("link").asString();
    }

    private static String secret(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private static String at(String link) {
        return "/api/v1/invitations/" + secret(link);
    }

    private boolean stored(String text) {
        return server.store.read(handle -> handle.createQuery("SELECT * FROM invitations").mapToMap().list().stream()
                .flatMap(row -> row.values().stream())
                .anyMatch(value -> String.valueOf(value).contains(text)));
    }
}
