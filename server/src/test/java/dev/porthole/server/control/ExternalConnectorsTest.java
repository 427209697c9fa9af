package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.ConnectorConnection.Snippet;
import dev.porthole.core.api.ConnectorState;
import dev.porthole.core.api.Problem;
import dev.porthole.core.api.ProjectEvent;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.AuditLog;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExternalConnectorsTest {
    private static final String AGENT = "agent-credential";

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

    private ConnectorConnection connection(HttpResponse<String> answer) {
        return ApiJson.STRICT.readValue(answer.body(), ConnectorConnection.class);
    }

    private ConnectorConnection made() {
        HttpResponse<String> answer = server.post(server.connectors(), "{\"name\":\"Build machine\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return connection(answer);
    }

    private String path(ConnectorConnection of, String what) {
        return server.connectors() + "/" + of.connector().id() + what;
    }

    /** Lets the connector's own agent in. */
    private void admit(ConnectorConnection of) {
        server.identity.add(
                AGENT, new Principal.ConnectorPrincipal(of.connector().id(), server.adasProject, "crd_1"));
    }

    @Test // B-C1, B-C5
    void makingOneShowsItsCredentialOnceWithAllSnippets() {
        ConnectorConnection made = made();

        assertThat(made.connector().kind()).isEqualTo(Connector.Kind.external);
        assertThat(made.connector().name()).isEqualTo("Build machine");
        assertThat(made.credential()).startsWith("phc_");
        assertThat(made.prefix()).isEqualTo(made.credential().substring(0, 8));
        assertThat(made.server()).isEqualTo("http://localhost:8080");
        assertThat(made.snippets().stream().map(Snippet::kind))
                .containsExactly("cli", "environment", "systemd", "docker", "compose", "kubernetes", "curl");
        assertThat(made.toString()).doesNotContain(made.credential());
        assertThat(made.snippets().toString()).doesNotContain(made.credential());
        assertThat(server.get(server.connectors()).body()).contains("external").doesNotContain(made.credential());
        assertThat(server.get(path(made, "")).body()).doesNotContain(made.credential());
    }

    @Test // B-C2
    void showingItHasNoCredentialAndChangesNothing() {
        ConnectorConnection made = made();
        long events = server.store.read(handle -> server.store.outbox().last(handle, server.adasProject));

        ConnectorConnection shown = connection(server.get(path(made, "/connection")));

        assertThat(shown.credential()).isEmpty();
        assertThat(shown.prefix()).isEqualTo(made.prefix());
        assertThat(shown.connector()).isEqualTo(made.connector());
        assertThat(shown.snippets())
                .hasSameSizeAs(made.snippets())
                .allSatisfy(snippet -> assertThat(snippet.text())
                        .doesNotContain(made.credential())
                        .contains("rotate to reveal a new one; the current one cannot be shown"));
        assertThat(server.identity.secrets).containsValue(made.credential());
        assertThat(server.endedSessions).isEmpty();
        assertThat(server.store.<Long>read(handle -> server.store.outbox().last(handle, server.adasProject)))
                .isEqualTo(events);
    }

    @Test // B-C3, B-C5, B-C7
    void rotatingAnswersTheSameShapeAndTellsOfItWithoutTheSecret() {
        ConnectorConnection made = made();
        ConnectorConnection rotated = connection(server.send("POST", path(made, "/rotate"), ADA, null));

        assertThat(rotated.credential()).startsWith("phc_").isNotEqualTo(made.credential());
        assertThat(rotated.connector().id()).isEqualTo(made.connector().id());
        assertThat(rotated.snippets())
                .hasSameSizeAs(made.snippets())
                .anySatisfy(snippet -> assertThat(snippet.text()).contains(rotated.credential()));
        List<ProjectEvent> events =
                server.store.read(handle -> server.store.outbox().after(handle, server.adasProject, 0, 100));
        assertThat(events.getLast().type()).isEqualTo("connector.rotated");
        assertThat(events.getLast().resource()).isEqualTo(made.connector().id());
        assertThat(events.toString()).doesNotContain(rotated.credential()).doesNotContain(made.credential());
        List<AuditLog.Entry> audit =
                server.store.read(handle -> server.store.audit().newest(handle, server.adasProject, 100));
        assertThat(audit.stream().map(AuditLog.Entry::action)).contains("connector.created", "connector.rotated");
        assertThat(audit.toString()).doesNotContain(rotated.credential()).doesNotContain(made.credential());
    }

    @Test // B-C4
    void managedUnknownForeignAndEmptyAreRefusedEachInItsWay() {
        String managed = server.connector();
        ConnectorConnection external = made();
        for (String[] call : new String[][] {{"GET", "/connection"}, {"POST", "/rotate"}}) {
            Problem refused = problem(server.send(call[0], server.connectors() + "/" + managed + call[1], ADA, null));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.type()).isEqualTo("/problems/managed-connector");
            assertThat(refused.detail()).contains("sign in on that machine instead");
            assertThat(problem(server.send(call[0], server.connectors() + "/con_none" + call[1], ADA, null))
                            .status())
                    .isEqualTo(404);
            assertThat(problem(server.send(call[0], path(external, call[1]), BOB, null))
                            .status())
                    .isEqualTo(404);
            String bobs = "/api/v1/projects/" + server.bobsProject + "/connectors/"
                    + external.connector().id() + call[1];
            assertThat(problem(server.send(call[0], bobs, BOB, null)).status()).isEqualTo(404);
            Problem empty = problem(server.send(call[0], server.connectors() + "/" + call[1], ADA, null));
            assertThat(empty.status()).isEqualTo(400);
            assertThat(empty.field()).isEqualTo("connector");
            assertThat(problem(server.send(call[0], server.connectors() + "/%20" + call[1], ADA, null))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(problem(server.post(server.connectors(), "{\"name\":\" \"}")).field())
                .isEqualTo("name");
        assertThat(server.identity.secrets).hasSize(1).containsValue(external.credential());
    }

    @Test // T-C3, T-C6
    void aRepeatedCreationGetsTheSameConnectorAndNoSecretIsKeptForIt() {
        HttpRequest request = server.request(server.connectors(), ADA)
                .header("Idempotency-Key", "once")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Build machine\"}"))
                .build();
        ConnectorConnection first = connection(server.send(request));
        HttpResponse<String> again = server.send(request);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(connection(again).connector().id())
                .isEqualTo(first.connector().id());
        assertThat(connection(again).credential()).isEmpty();
        assertThat(first.credential()).isNotEmpty();
        assertThat(server.store.<List<String>>read(handle -> handle.createQuery("SELECT body FROM idempotency_keys")
                        .mapTo(String.class)
                        .list()))
                .singleElement()
                .asString()
                .doesNotContain(first.credential());
    }

    @Test // B-C3
    void removingItEndsItsCredential() {
        ConnectorConnection made = made();
        assertThat(server.delete(path(made, "")).statusCode()).isEqualTo(204);
        assertThat(server.identity.secrets).isEmpty();
        assertThat(server.endedSessions).hasSize(1);
    }

    @Test // B-C4, B-C5
    void itsAgentSeesItsOwnDesiredStateAndNothingElse() {
        ConnectorConnection made = made();
        admit(made);
        String id = made.connector().id();
        JsonNode tunnel =
                read(server.post(server.tunnels(), "{\"endpoint\":\"localhost:3000\",\"connector\":\"" + id + "\"}"));
        assertThat(tunnel.path("enabled").asBoolean()).isTrue();
        assertThat(tunnel.path("connector").asString()).isEqualTo(id);
        String others = server.tunnel("localhost:4000");

        HttpResponse<String> answer = server.send("GET", "/api/v1/connector", AGENT, null);
        ConnectorState state = ApiJson.STRICT.readValue(answer.body(), ConnectorState.class);

        assertThat(state.connector().id()).isEqualTo(id);
        assertThat(state.project().id()).isEqualTo(server.adasProject);
        assertThat(state.tunnels())
                .singleElement()
                .satisfies(
                        own -> assertThat(own.id()).isEqualTo(tunnel.path("id").asString()));
        for (String path : List.of(
                "/api/v1/me",
                "/api/v1/projects",
                server.tunnels(),
                server.tunnels() + "/" + others,
                server.connectors(),
                path(made, ""),
                path(made, "/connection"),
                "/api/v1/projects/" + server.adasProject + "/events",
                "/api/v1/projects/" + server.adasProject + "/audit",
                "/api/v1/admin/audit")) {
            assertThat(server.send("GET", path, AGENT, null).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(server.send("POST", path(made, "/rotate"), AGENT, null).statusCode())
                .isEqualTo(403);
        String beat = "{\"agentVersion\":\"1\",\"tunnels\":[]}";
        assertThat(server.send("PUT", path(made, "/instances/one"), AGENT, beat).statusCode())
                .isEqualTo(200);
        String foreign = server.connectors() + "/" + server.connector() + "/instances/one";
        assertThat(server.send("PUT", foreign, AGENT, beat).statusCode()).isEqualTo(404);
        assertThat(server.send("GET", "/api/v1/connector", ADA, null).statusCode())
                .isEqualTo(403);
    }

    @Test // B-C5
    void itsAgentHearsOfItsOwnTunnelsAlone() throws Exception {
        ConnectorConnection made = made();
        admit(made);
        String mine = server.tunnel("localhost:3000");
        HttpResponse<InputStream> stream = server.http.send(
                server.request("/api/v1/connector/events", AGENT).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(": ready");
            server.tunnel("localhost:4000");
            String turnOn =
                    "{\"enabled\":true,\"connector\":\"" + made.connector().id() + "\"}";
            server.patch(server.tunnels() + "/" + mine, turnOn);
            ProjectEvent on = next(lines);
            assertThat(on.type()).isEqualTo("tunnel.updated");
            assertThat(on.resource()).isEqualTo(mine);
            assertThat(on.data()).isNotNull();
            server.connector();
            server.patch(server.tunnels() + "/" + mine, "{\"label\":\"still mine\",\"enabled\":false}");
            ProjectEvent off = next(lines);
            assertThat(off.type()).isEqualTo("tunnel.withdrawn");
            assertThat(off.resource()).isEqualTo(mine);
            assertThat(String.valueOf(off.data())).isEqualTo("null");
            server.patch(server.tunnels() + "/" + mine, "{\"label\":\"not mine\"}");
            server.patch(server.tunnels() + "/" + mine, turnOn);
            assertThat(next(lines).type()).isEqualTo("tunnel.updated");
            server.delete(server.tunnels() + "/" + mine);
            assertThat(next(lines).type()).isEqualTo("tunnel.withdrawn");
        }
    }

    private static ProjectEvent next(BufferedReader lines) throws Exception {
        String line = lines.readLine();
        while (!line.startsWith("data: ")) {
            line = lines.readLine();
        }
        return ApiJson.STRICT.readValue(line.substring("data: ".length()), ProjectEvent.class);
    }

    @Test // B-C4
    void aTunnelIsGivenToTheProjectsOwnConnectorsOnly() {
        for (String body : List.of(
                "{\"endpoint\":\"3000\",\"connector\":\"con_none\"}", "{\"endpoint\":\"3000\",\"connector\":\"\"}")) {
            assertThat(problem(server.post(server.tunnels(), body)).field()).isEqualTo("connector");
        }
        String bobs = "/api/v1/projects/" + server.bobsProject + "/tunnels";
        String foreign =
                "{\"endpoint\":\"3000\",\"connector\":\"" + made().connector().id() + "\"}";
        assertThat(problem(server.send("POST", bobs, BOB, foreign)).field()).isEqualTo("connector");
    }
}
