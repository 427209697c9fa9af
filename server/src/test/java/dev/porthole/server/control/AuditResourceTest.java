package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.AuditEntry;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.store.AuditLog;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditResourceTest {
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

    private String audit() {
        return "/api/v1/projects/" + server.adasProject + "/audit";
    }

    private List<AuditEntry> entries(String path) {
        List<AuditEntry> entries = new ArrayList<>();
        read(server.get(path))
                .path("items")
                .forEach(item -> entries.add(ApiJson.STRICT.treeToValue(item, AuditEntry.class)));
        return entries;
    }

    private List<String> actions(String query) {
        return entries(audit() + query).stream().map(AuditEntry::action).toList();
    }

    /** Moves the clock, so that what comes next is later. */
    private void later() {
        server.scheduler.advance(Duration.ofSeconds(1));
    }

    @Test // B-D12
    void entrySaysWhoDidWhatFromWhereAndByWhichCredential() {
        server.send(server.request(server.tunnels(), ControlFixture.ADA)
                .header("X-Forwarded-For", "203.0.113.7")
                .POST(HttpRequest.BodyPublishers.ofString("{\"endpoint\":\"3000\"}"))
                .build());

        AuditEntry entry = entries(audit() + "?action=tunnel.created").getFirst();

        assertThat(entry.project()).isEqualTo(server.adasProject);
        assertThat(entry.actor()).isEqualTo("usr_ada");
        assertThat(entry.actorName()).isEqualTo("Ada");
        assertThat(entry.address()).isEqualTo("203.0.113.7");
        assertThat(entry.credential()).isEqualTo("fam_usr_ada");
        assertThat(entry.resource()).startsWith("tun_");
        assertThat(entry.at()).isEqualTo(server.scheduler.now());
    }

    @Test // B-D12
    void agentsComeAndGoInIt() {
        String connector = server.connector();
        SessionGrant grant = new SessionGrant(connector, server.adasProject, "crd_1");
        later();
        server.control.sessionEvents().opened(grant, "ins_1", "1.2.3", "203.0.113.9");
        later();
        server.control.sessionEvents().closed(grant, "ins_1", List.of());

        List<AuditEntry> sessions = entries(audit() + "?action=session.*");

        assertThat(sessions.stream().map(AuditEntry::action))
                .containsExactly("session.disconnected", "session.connected");
        assertThat(sessions).allSatisfy(entry -> {
            assertThat(entry.resource()).isEqualTo(connector);
            assertThat(entry.actorName()).isEqualTo("Laptop");
            assertThat(entry.credential()).isEqualTo("crd_1");
            assertThat(entry.detail()).contains("ins_1");
        });
        assertThat(sessions.getLast().address()).isEqualTo("203.0.113.9");
    }

    @Test // B-D12
    void entrySaysWhatItWasCalledAlsoWhenItIsGoneAndTellsOnFromOff() {
        String tunnel = server.tunnel("3000");
        String path = server.tunnels() + "/" + tunnel;
        String connector = server.connector();
        later();
        server.patch(path, "{\"label\":\"docs\"}");
        later();
        server.patch(path, "{\"enabled\":true,\"connector\":\"" + connector + "\"}");
        later();
        server.patch(path, "{\"enabled\":false}");
        later();
        server.send("DELETE", path, ControlFixture.ADA, null);

        assertThat(entries(audit() + "?action=tunnel.*"))
                .extracting(AuditEntry::action, AuditEntry::detail)
                .startsWith(
                        tuple("tunnel.deleted", "docs"),
                        tuple("tunnel.disabled", "docs"),
                        tuple("tunnel.enabled", "docs"),
                        tuple("tunnel.updated", "docs"));
        assertThat(entries(audit() + "?action=connector.deleted").getFirst().detail())
                .isNotBlank();
    }

    @Test // B-D12
    void filtersNarrowItByActorActionResourceAndTime() {
        later();
        String tunnel = server.tunnel("3000");
        later();
        Instant then = server.scheduler.now();
        server.patch(server.tunnels() + "/" + tunnel, "{\"label\":\"other\"}");
        later();
        String connector = server.connector();

        assertThat(actions(""))
                .containsExactly("connector.created", "tunnel.updated", "tunnel.created", "project.created");
        assertThat(actions("?action=tunnel.updated")).containsExactly("tunnel.updated");
        assertThat(actions("?action=tunnel.*")).containsExactly("tunnel.updated", "tunnel.created");
        assertThat(actions("?action=tunnel")).isEmpty();
        assertThat(actions("?action=tunnel_*")).isEmpty();
        assertThat(actions("?resource=" + connector)).containsExactly("connector.created");
        assertThat(actions("?actor=usr_ada&resource=" + tunnel)).containsExactly("tunnel.updated", "tunnel.created");
        assertThat(actions("?actor=Ada")).hasSize(4);
        assertThat(actions("?actor=usr_bob")).isEmpty();
        assertThat(actions("?from=" + then)).containsExactly("connector.created", "tunnel.updated");
        assertThat(actions("?to=" + then)).containsExactly("tunnel.created", "project.created");
        assertThat(actions("?from=" + then + "&to=" + then.plusSeconds(1))).containsExactly("tunnel.updated");
        assertThat(problem(server.get(audit() + "?from=yesterday")).field()).isEqualTo("from");
        assertThat(problem(server.get(audit() + "?to=7")).field()).isEqualTo("to");
    }

    @Test // B-D12, T-C3
    void pagesFollowOneAnotherWithoutLossWhateverComesMeanwhile() {
        for (int port = 1; port <= 6; port++) {
            server.tunnel(String.valueOf(port));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = read(server.get(audit() + "?limit=2&action=tunnel.created" + cursor));
            page.path("items").forEach(item -> seen.add(item.path("id").asString()));
            cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asString() : "";
            later();
            server.tunnel("70" + seen.size());
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
    }

    @Test // B-D12, B-D13
    void entriesOutliveWhatTheyNameAndKeepItsName() {
        String tunnel = server.tunnel("3000");
        server.delete(server.tunnels() + "/" + tunnel);
        String connector = server.connector();
        SessionGrant grant = new SessionGrant(connector, server.adasProject, "crd_1");
        server.control.sessionEvents().opened(grant, "ins_1", "1", "203.0.113.9");
        server.delete(server.connectors() + "/" + connector);
        server.control.sessionEvents().closed(grant, "ins_1", List.of());
        server.store.writeOnly(handle -> handle.execute("UPDATE users SET name = 'Countess' WHERE id = 'usr_ada'"));

        assertThat(actions("?resource=" + tunnel)).containsExactlyInAnyOrder("tunnel.deleted", "tunnel.created");
        assertThat(entries(audit() + "?action=session.disconnected"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.actorName()).isEqualTo("Laptop"));
        assertThat(entries(audit() + "?resource=" + tunnel))
                .allSatisfy(entry -> assertThat(entry.actorName()).isEqualTo("Ada"));
    }

    @Test // B-D12
    void exportIsAnEntryALineHoweverManyThereAre() {
        Instant at = server.scheduler.now();
        server.store.writeOnly(handle -> {
            for (int i = 0; i < 1_234; i++) {
                server.store
                        .audit()
                        .append(
                                handle,
                                new AuditLog.Entry(
                                        "aud_" + i,
                                        server.adasProject,
                                        "server",
                                        null,
                                        "test.entry",
                                        "res_" + i,
                                        null,
                                        null,
                                        "two\nlines",
                                        at.plusMillis(i / 100)));
            }
        });

        HttpResponse<String> export = server.get(audit() + ".jsonl?action=test.*");

        assertThat(export.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(export.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"audit.jsonl\"");
        List<AuditEntry> lines = export.body()
                .lines()
                .map(line -> ApiJson.STRICT.readValue(line, AuditEntry.class))
                .toList();
        assertThat(lines).hasSize(1_234);
        assertThat(lines.stream().map(AuditEntry::id)).doesNotHaveDuplicates();
        assertThat(lines.stream().map(AuditEntry::at)).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(lines).allSatisfy(entry -> assertThat(entry.detail()).isEqualTo("two\nlines"));
    }

    @Test // B-D13, T-C1
    void othersSeeNeitherAProjectsTrailNorTheServers() {
        server.tunnel("3000");
        assertThat(server.send("GET", audit(), BOB, null).statusCode()).isEqualTo(404);
        assertThat(server.send("GET", audit() + ".jsonl", BOB, null).statusCode())
                .isEqualTo(404);
        for (String all : List.of("/api/v1/admin/audit", "/api/v1/admin/audit.jsonl")) {
            assertThat(server.send("GET", all, null, null).statusCode()).isEqualTo(401);
            assertThat(problem(server.get(all)).status()).isEqualTo(403);
        }
        server.store.writeOnly(handle -> handle.execute("UPDATE users SET administrator = TRUE WHERE id = 'usr_ada'"));
        assertThat(entries("/api/v1/admin/audit").stream().map(AuditEntry::project))
                .contains(server.adasProject, server.bobsProject);
        assertThat(entries("/api/v1/admin/audit?project=" + server.bobsProject))
                .singleElement()
                .satisfies(entry -> assertThat(entry.actorName()).isEqualTo("Bob"));
        assertThat(server.get("/api/v1/admin/audit.jsonl").body().lines()).hasSize(3);
    }

    @Test // T-C4
    void noKeyIsAnAdministrators() {
        server.key("whole-key", Scope.all().toArray(String[]::new));
        assertThat(Scope.all()).contains("audit:read").doesNotContain("admin", "connector:state");
        assertThat(server.send("GET", audit(), "whole-key", null).statusCode()).isEqualTo(200);
        assertThat(server.send("GET", "/api/v1/admin/audit", "whole-key", null).statusCode())
                .isEqualTo(403);
    }
}
