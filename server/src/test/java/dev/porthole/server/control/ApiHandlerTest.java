package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Problem;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ApiHandlerTest {
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
    void listenerIsTheEdgesAlone() { // T-W9
        for (String secret : new String[] {null, "", "wrong", server.listener.secret() + "x"}) {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/health"));
            if (secret != null) {
                request.header(ControlListener.SECRET_HEADER, secret);
            }
            assertThat(server.send(request.build()).statusCode()).isEqualTo(403);
        }
        assertThat(server.send("GET", "/health", null, null).statusCode()).isEqualTo(200);
    }

    @Test
    void healthAndDiscoveryNeedNoKey() { // B-E7
        assertThat(read(server.send("GET", "/api", null, null)).path("product").asString())
                .isEqualTo("Porthole");
        for (String path : new String[] {"/health", "/health/live", "/health/ready", "/api/v1/openapi.json"}) {
            assertThat(server.send("GET", path, null, null).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        server.control.stop();
        assertThat(server.send("GET", "/health/ready", null, null).statusCode()).isEqualTo(503);
        assertThat(server.send("GET", "/health/live", null, null).statusCode()).isEqualTo(200);
    }

    @Test
    void callsWithoutAValidCredentialAre401() { // T-I6
        for (String token : new String[] {null, "expired-or-unknown"}) {
            HttpResponse<String> refused = server.send("GET", "/api/v1/me", token, null);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
            assertThat(problem(refused).type()).isEqualTo("/problems/unauthenticated");
        }
    }

    @Test
    void keysGoAsBearerOrInTheirOwnField() { // B-E2
        server.key("ada-key", "account:read");
        HttpRequest asField = server.request("/api/v1/me", null)
                .header("x-api-key", "ada-key")
                .build();
        assertThat(read(server.send(asField)).path("name").asString()).isEqualTo("Ada");
        assertThat(server.send("GET", "/api/v1/me", "ada-key", null).statusCode())
                .isEqualTo(200);
    }

    @Test
    void everyRouteAsksForACredentialAndItsScope() { // T-C4
        server.key("empty-key");
        JsonNode paths =
                read(server.send("GET", "/api/v1/openapi.json", null, null)).path("paths");
        Set<String> walked = new HashSet<>();
        paths.propertyStream()
                .forEach(path -> path.getValue().propertyStream().forEach(operation -> {
                    if (operation.getValue().has("x-porthole-scope")) {
                        String method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
                        String url = path.getKey()
                                .replace("{project}", server.adasProject)
                                .replaceAll("[{}]", "");
                        assertThat(server.send(method, url, null, "{}").statusCode())
                                .as(url)
                                .isEqualTo(401);
                        assertThat(server.send(method, url, "foreign", "{}").statusCode())
                                .as(url)
                                .isEqualTo(401);
                        assertThat(server.send(method, url, "empty-key", "{}").statusCode())
                                .as(url)
                                .isEqualTo(403);
                        walked.add(method + " " + path.getKey());
                    }
                }));
        assertThat(walked).hasSizeGreaterThan(15);
    }

    @Test
    void documentedRoutesAreTheRealOnes() { // B-E7
        JsonNode document = read(server.send("GET", "/api/v1/openapi.json", null, null));
        assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method ->
                                documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        Set<String> real = new TreeSet<>();
        server.control.routes().forEach(route -> real.add(route.method() + " " + route.template()));
        real.add("GET /api/v1/openapi.json");
        assertThat(documented).isEqualTo(real).contains("PATCH /api/v1/projects/{project}/tunnels/{tunnel}");
        String text = document.toString();
        document.findValuesAsString("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        assertThat(text).contains("\"TunnelPage\"").contains("\"Problem\"");
    }

    @Test
    void answersHaveTheFieldsThatTheirSchemaRequires() { // B-E7
        String id = server.tunnel("3000");
        JsonNode schema =
                read(server.send("GET", "/api/v1/openapi.json", null, null)).at("/components/schemas/Tunnel");
        JsonNode tunnel = read(server.get(server.tunnels() + "/" + id));
        Set<String> described = new TreeSet<>(schema.path("properties").propertyNames());
        assertThat(new TreeSet<>(tunnel.propertyNames())).isEqualTo(described);
        schema.path("required")
                .forEach(name -> assertThat(tunnel.get(name.asString()).isNull())
                        .as(name.asString())
                        .isFalse());
    }

    @Test
    void whatIsSomeoneElsesIsNotThere() { // T-C1
        String tunnel = server.tunnel("3000");
        String connector = server.connector();
        for (String path : new String[] {
            "/api/v1/projects/" + server.adasProject,
            server.tunnels(),
            server.tunnels() + "/" + tunnel,
            server.connectors() + "/" + connector,
            "/api/v1/projects/" + server.adasProject + "/events"
        }) {
            HttpResponse<String> foreign = server.send("GET", path, BOB, null);
            assertThat(foreign.statusCode()).as(path).isEqualTo(404);
            assertThat(problem(foreign).type()).isEqualTo("/problems/not-found");
        }
        String bobs = "/api/v1/projects/" + server.bobsProject + "/tunnels/" + tunnel;
        for (String method : new String[] {"GET", "PATCH", "DELETE"}) {
            assertThat(server.send(method, bobs, BOB, "{}").statusCode()).isEqualTo(404);
        }
        assertThat(server.send("POST", "/api/v1/connect-tokens", BOB, "{\"connector\":\"" + connector + "\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(tunnel.substring(tunnel.indexOf('_') + 1)).matches("[0-9a-f]{32}");
    }

    @Test
    void mistakesInABodyAreNamed() { // T-C2
        assertThat(refused("{\"colour\":1}").field()).isEqualTo("colour");
        assertThat(refused("{\"label\":7}").field()).isEqualTo("label");
        assertThat(refused("{\"label\":true}").field()).isEqualTo("label");
        assertThat(refused("{\"label\":[]}").field()).isEqualTo("label");
        assertThat(refused("{\"expiresAt\":\"soon\"}").field()).isEqualTo("expiresAt");
        assertThat(refused("{\"endpoint\":\"localhost:70000\"}").field()).isEqualTo("endpoint");
        assertThat(refused("{\"endpoint\":\"localhost:70000\"}").detail())
                .isEqualTo("endpoint: localhost:70000 (expected: a port of 1-65535 at the end)");
        assertThat(refused("{\"label\":\"a\\u0000b\"}").field()).isEqualTo("label");
        assertThat(refused("[]").title()).isEqualTo("The request is not valid");
        assertThat(refused("{").type()).isEqualTo("/problems/invalid-json");
        assertThat(refused("{} {}").status()).isEqualTo(400);
        assertThat(refused("{\"label\":\"a\",\"label\":\"b\"}").status()).isEqualTo(400);
        HttpResponse<String> missing = server.put(server.connectors() + "/managed/d", "{}");
        assertThat(problem(missing).field()).isEqualTo("name");
        HttpResponse<String> wrongBoolean =
                server.patch(server.tunnels() + "/" + server.tunnel("3000"), "{\"enabled\":\"true\"}");
        assertThat(problem(wrongBoolean).field()).isEqualTo("enabled");
    }

    private Problem refused(String body) {
        HttpResponse<String> answer = server.post(server.tunnels(), body);
        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(answer.body()).as(body).doesNotContain("Exception").doesNotContain("dev.porthole");
        return problem(answer);
    }

    @Test
    void wrongMethodTypeAndSizeAreProblems() { // T-C2
        HttpResponse<String> method = server.send("DELETE", "/api/v1/me", ADA, null);
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).contains("GET");
        assertThat(problem(server.get("/api/v1/nothing")).status()).isEqualTo(404);
        HttpRequest form = HttpRequest.newBuilder(server.uri(server.tunnels()))
                .header(ControlListener.SECRET_HEADER, server.listener.secret())
                .header("Authorization", "Bearer " + ADA)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("a=b"))
                .build();
        assertThat(problem(server.send(form)).status()).isEqualTo(415);
        String large = "{\"label\":\"" + "x".repeat(1024 * 1024) + "\"}";
        assertThat(problem(server.post(server.tunnels(), large)).status()).isEqualTo(413);
        HttpRequest unsized = server.request(server.tunnels(), ADA)
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(large)))
                .build();
        assertThat(problem(server.send(unsized)).status()).isEqualTo(413);
    }

    @Test
    void firstSignInMakesOneProjectHoweverOftenItIsTold() { // B-D2
        Stream.generate(() -> Thread.ofVirtual()
                        .start(() -> server.control.firstProject().signedIn("usr_ada")))
                .limit(8)
                .toList()
                .forEach(thread -> {
                    try {
                        thread.join();
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                });
        JsonNode projects = read(server.get("/api/v1/projects"));
        assertThat(projects.path("total").asInt()).isEqualTo(1);
        assertThat(projects.at("/items/0/name").asString()).isEqualTo("Ada's project");
    }

    @Test
    void everyChangeHasItsEventWithoutGapsAndItsAuditEntry() { // B-D12
        String id = server.tunnel("3000");
        server.patch(server.tunnels() + "/" + id, "{\"label\":\"b\"}");
        server.delete(server.tunnels() + "/" + id);
        var events = server.store.read(handle -> server.store.outbox().after(handle, server.adasProject, 0, 100));
        assertThat(events.stream().map(event -> event.sequence() + " " + event.type()))
                .containsExactly("1 project.created", "2 tunnel.created", "3 tunnel.updated", "4 tunnel.deleted");
        var audit = server.store.read(handle -> server.store.audit().newest(handle, server.adasProject, 100));
        assertThat(audit.stream().map(entry -> entry.actor() + " " + entry.action()))
                .containsExactlyInAnyOrder(
                        "usr_ada project.created",
                        "usr_ada tunnel.created",
                        "usr_ada tunnel.updated",
                        "usr_ada tunnel.deleted");
    }
}
