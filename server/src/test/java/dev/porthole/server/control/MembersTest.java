package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Role;
import dev.porthole.server.relay.SessionGrant;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MembersTest {
    @TempDir
    Path folder;

    ControlFixture server;
    String members;

    @BeforeEach
    void start() {
        server = new ControlFixture(folder);
        members = "/api/v1/organizations/" + server.adasOrganization() + "/members";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void membersAreListedWithTheirRoles() {
        server.join("usr_bob", Role.viewer);
        JsonNode page = read(server.send("GET", members, BOB, null));
        assertThat(page.path("total").asInt()).isEqualTo(2);
        assertThat(page.path("items")
                        .valueStream()
                        .map(member -> member.path("name").asString() + " "
                                + member.path("role").asString()))
                .containsExactlyInAnyOrder("Ada owner", "Bob viewer");
        assertThat(problem(server.patch(members + "/usr_nobody", "{\"role\":\"member\"}"))
                        .status())
                .isEqualTo(404);
        assertThat(problem(server.patch(members + "/usr_bob", "{\"role\":\"king\"}"))
                        .field())
                .isEqualTo("role");
    }

    @Test
    void theLastOwnerStays() {
        server.join("usr_bob", Role.member);
        for (HttpResponse<String> refused : List.of(
                server.patch(members + "/usr_ada", "{\"role\":\"member\"}"), server.delete(members + "/usr_ada"))) {
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(problem(refused).type()).isEqualTo("/problems/last-owner");
        }
        assertThat(server.patch(members + "/usr_bob", "{\"role\":\"owner\"}").statusCode())
                .isEqualTo(200);
        assertThat(server.delete(members + "/usr_ada").statusCode()).isEqualTo(204);
        assertThat(server.get("/api/v1/projects/" + server.adasProject).statusCode())
                .isEqualTo(404);
    }

    @Test
    void ownersWhoAllLeaveAtOnceLeaveOneBehind() throws Exception {
        for (int round = 0; round < 10; round++) {
            String organization = read(server.post("/api/v1/organizations", "{\"name\":\"Acme\"}"))
                    .path("id")
                    .asString();
            server.store.writeOnly(handle ->
                    server.store.members().add(handle, organization, "usr_bob", Role.owner, server.scheduler.now()));
            String own = "/api/v1/organizations/" + organization + "/members/";
            List<Integer> left = Together.run(
                    2,
                    who -> server.send("DELETE", own + (who == 0 ? "usr_ada" : "usr_bob"), who == 0 ? ADA : BOB, null)
                            .statusCode());
            assertThat(left).containsExactlyInAnyOrder(204, 409);
        }
    }

    @Test
    void everyoneMayLeaveAndOnlyOwnersTakeOthersOut() {
        server.join("usr_bob", Role.viewer);
        String carol = "carol-token";
        server.person("usr_carol", "Carol", carol);
        server.join("usr_carol", Role.member);
        HttpResponse<String> refused = server.send("DELETE", members + "/usr_bob", carol, null);
        assertThat(problem(refused).type()).isEqualTo("/problems/role-missing");
        assertThat(server.send("DELETE", members + "/usr_bob", BOB, null).statusCode())
                .isEqualTo(204);
        assertThat(server.delete(members + "/usr_carol").statusCode()).isEqualTo(204);
        assertThat(server.send("GET", members, carol, null).statusCode()).isEqualTo(404);
    }

    @Test
    void whoeverLeavesLosesKeysTokensSessionsAndEvents() throws Exception { // T-I8, B-D1
        server.join("usr_bob", Role.member);
        String connector = server.connector();
        JsonNode key = server.realKey(BOB, "{\"name\":\"bobs\"}");
        String secret = key.path("secret").asString();
        String family = "INSERT INTO credentials VALUES ('fam_usr_bob', 'family', 'usr_bob', 0, NULL, NULL)";
        server.store.writeOnly(handle -> handle.execute(family));
        server.store.writeOnly(handle -> handle.execute(
                "INSERT INTO connect_tokens (hash, connector_id, project_id, parent, expires_at) VALUES (?, ?, ?, ?, ?)",
                "hash",
                connector,
                server.adasProject,
                key.at("/key/id").asString(),
                Long.MAX_VALUE));
        HttpResponse<InputStream> stream = server.http.send(
                server.request("/api/v1/projects/" + server.adasProject + "/events", BOB)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader events = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(events.readLine()).isEqualTo(": ready");

            assertThat(server.delete(members + "/usr_bob").statusCode()).isEqualTo(204);

            assertThat(events.lines().filter(line -> line.startsWith("data:"))).isEmpty();
        }
        assertThat(server.send("GET", "/api/v1/projects", secret, null).statusCode())
                .isEqualTo(401);
        assertThat(server.endedCredentials.poll(10, SECONDS))
                .isEqualTo(key.at("/key/id").asString());
        assertThat(connectTokens(key.at("/key/id").asString())).isZero();
        SessionGrant byKey = new SessionGrant(
                connector, server.adasProject, key.at("/key/id").asString());
        assertThat(server.endedSessions).anyMatch(which -> which.test(byKey));
        assertThat(server.endedSessions)
                .anyMatch(which -> which.test(new SessionGrant(connector, server.adasProject, "fam_usr_bob")))
                .noneMatch(which -> which.test(new SessionGrant(connector, server.bobsProject, "fam_usr_bob")))
                .noneMatch(which -> which.test(new SessionGrant(connector, server.adasProject, "fam_usr_ada")));
    }

    private long connectTokens(String parent) {
        return server.store.read(
                handle -> handle.createQuery("SELECT count(*) FROM connect_tokens WHERE parent = :parent")
                        .bind("parent", parent)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void whatSomeoneOfferedGoesWithThem() {
        server.join("usr_bob", Role.owner);
        String link = read(server.send(
                        "POST", members.replace("/members", "/invitations"), BOB, "{\"role\":\"owner\"}"))
                .path("link")
                .asString();
        String accept = "/api/v1/invitations/" + link.substring(link.lastIndexOf('/') + 1);
        assertThat(server.send("GET", accept, BOB, null).statusCode()).isEqualTo(200);
        assertThat(server.patch(members + "/usr_bob", "{\"role\":\"member\"}").statusCode())
                .isEqualTo(200);
        assertThat(server.send("GET", accept, BOB, null).statusCode()).isEqualTo(404);
    }
}
