package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.ADA;
import static dev.porthole.server.control.ControlFixture.BOB;
import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RolesTest {
    @TempDir
    Path folder;

    ControlFixture server;
    String organization;
    String tunnel;
    String connector;
    String key;

    @BeforeEach
    void start() {
        server = new ControlFixture(folder);
        organization = server.adasOrganization();
        tunnel = server.tunnel("3000");
        connector = server.connector();
        key = server.realKey(ADA, "{\"name\":\"deploy\"}").at("/key/id").asString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theTableSaysWhatEachRoleMayDo() {
        for (Scope scope : Scope.values()) {
            assertThat(Rights.may(Role.owner, scope)).as("%s", scope).isTrue();
            assertThat(Rights.may(Role.viewer, scope))
                    .as("%s", scope)
                    .isEqualTo(scope.text().endsWith(":read"));
        }
        assertThat(List.of(Scope.values()))
                .filteredOn(scope -> Rights.may(Role.member, scope) && !Rights.may(Role.viewer, scope))
                .containsExactly(
                        Scope.TUNNELS_WRITE,
                        Scope.CONNECTORS_WRITE,
                        Scope.CONNECTORS_BEAT,
                        Scope.CONNECT,
                        Scope.KEYS_WRITE);
    }

    @Test
    void viewersReadEverythingAndChangeNothingOnEveryRoute() { // T-C1, T-C4
        server.join("usr_bob", Role.viewer);
        JsonNode document = read(server.send("GET", "/api/v1/openapi.json", null, null));
        int[] walked = new int[2];
        walk(document, (method, template, operation) -> {
            if (!template.contains("{project}") && !template.contains("{organization}")) {
                return;
            }
            String body = body(document, operation);
            boolean reads = operation.path("x-porthole-scope").asString().endsWith(":read");
            if (reads && template.endsWith("/events")) {
                return;
            }
            HttpResponse<String> answer = server.send(method, url(template), BOB, reads ? null : body);
            if (reads) {
                assertThat(answer.statusCode()).as(method + " " + template).isNotIn(401, 403);
                walked[0]++;
            } else {
                assertThat(answer.statusCode())
                        .as(method + " " + template + " " + body + answer.body())
                        .isEqualTo(403);
                assertThat(problem(answer).type()).as(template).isEqualTo("/problems/role-missing");
                walked[1]++;
            }
        });
        assertThat(walked[0]).isGreaterThan(8);
        assertThat(walked[1]).isGreaterThan(12);
        HttpResponse<String> connect =
                server.send("POST", "/api/v1/connect-tokens", BOB, "{\"connector\":\"" + connector + "\"}");
        assertThat(problem(connect).type()).isEqualTo("/problems/role-missing");
    }

    @Test
    void strangersAndForeignKeysFindNothingOnAnyRoute() { // T-C1, T-C4
        String secret = read(server.send(
                        "POST",
                        "/api/v1/projects/" + server.bobsProject + "/keys",
                        BOB,
                        "{\"name\":\"bobs\",\"scopes\":" + allScopes() + "}"))
                .path("secret")
                .asString();
        JsonNode document = read(server.send("GET", "/api/v1/openapi.json", null, null));
        int[] walked = new int[1];
        walk(document, (method, template, operation) -> {
            if (template.contains("{project}") || template.contains("{organization}")) {
                for (String foreign : List.of(BOB, secret)) {
                    HttpResponse<String> answer =
                            server.send(method, url(template), foreign, body(document, operation));
                    boolean keyAtAnOrganization = foreign.equals(secret) && answer.statusCode() == 403;
                    if (keyAtAnOrganization) {
                        assertThat(problem(answer).type()).isEqualTo("/problems/key-of-one-project");
                    } else {
                        assertThat(answer.statusCode())
                                .as(method + " " + template)
                                .isEqualTo(404);
                    }
                    walked[0]++;
                }
            }
        });
        assertThat(walked[0]).isGreaterThan(40);
    }

    private String allScopes() {
        return Scope.OF_KEYS.stream()
                .map(scope -> "\"" + scope.text() + "\"")
                .toList()
                .toString();
    }

    @Test
    void membersChangeTunnelsConnectorsAndTheirOwnKeys() {
        server.join("usr_bob", Role.member);
        assertThat(server.send("POST", server.tunnels(), BOB, "{\"endpoint\":\"5000\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(server.send("PUT", server.connectors() + "/managed/dev_2", BOB, "{\"name\":\"Bob's\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send("POST", "/api/v1/connect-tokens", BOB, "{\"connector\":\"" + connector + "\"}")
                        .statusCode())
                .isEqualTo(201);
        String own = read(server.send("POST", server.keys(), BOB, "{\"name\":\"bobs\"}"))
                .at("/key/id")
                .asString();
        for (String path : List.of("/" + key, "/" + key + "/rotate")) {
            HttpResponse<String> refused =
                    server.send(path.endsWith("rotate") ? "POST" : "DELETE", server.keys() + path, BOB, null);
            assertThat(problem(refused).type()).isEqualTo("/problems/role-missing");
            assertThat(problem(refused).detail()).contains("role: member");
        }
        assertThat(server.send("DELETE", server.keys() + "/" + own, BOB, null).statusCode())
                .isEqualTo(204);
        String project = "/api/v1/projects/" + server.adasProject;
        assertThat(server.send("PATCH", project, BOB, "{\"name\":\"x\"}").statusCode())
                .isEqualTo(403);
        assertThat(server.send("DELETE", project, BOB, null).statusCode()).isEqualTo(403);
        HttpResponse<String> made = server.send(
                "POST", "/api/v1/projects", BOB, "{\"name\":\"x\",\"organization\":\"" + organization + "\"}");
        assertThat(problem(made).type()).isEqualTo("/problems/role-missing");
    }

    @Test
    void ownersEndEverybodysKeys() {
        server.join("usr_bob", Role.member);
        String bobs = server.realKey(BOB, "{\"name\":\"bobs\"}").at("/key/id").asString();
        JsonNode rotated = read(server.post(server.keys() + "/" + bobs + "/rotate", "{}"));
        assertThat(rotated.at("/key/user").asString()).isEqualTo("usr_ada");
        assertThat(server.delete(server.keys() + "/" + rotated.at("/key/id").asString())
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void aKeyLosesWhatItsMakerLoses() { // T-C4
        server.join("usr_bob", Role.owner);
        String secret = server.realKey(BOB, "{\"name\":\"b\",\"scopes\":[\"tunnels:write\",\"projects:write\"]}")
                .path("secret")
                .asString();
        String project = "/api/v1/projects/" + server.adasProject;
        assertThat(server.send("PATCH", project, secret, "{\"name\":\"x\"}").statusCode())
                .isEqualTo(200);
        role("usr_bob", Role.member);
        assertThat(server.send("PATCH", project, secret, "{\"name\":\"y\"}").statusCode())
                .isEqualTo(403);
        assertThat(server.send("POST", server.tunnels(), secret, "{\"endpoint\":\"7000\"}")
                        .statusCode())
                .isEqualTo(201);
        role("usr_bob", Role.viewer);
        assertThat(server.send("POST", server.tunnels(), secret, "{\"endpoint\":\"7001\"}")
                        .statusCode())
                .isEqualTo(403);
        server.delete("/api/v1/organizations/" + organization + "/members/usr_bob");
        assertThat(server.send("POST", server.tunnels(), secret, "{\"endpoint\":\"7002\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void nobodyGivesAKeyMoreThanTheyMay() { // T-C4
        server.join("usr_bob", Role.member);
        HttpResponse<String> beyondRole =
                server.send("POST", server.keys(), BOB, "{\"name\":\"b\",\"scopes\":[\"members:write\"]}");
        assertThat(problem(beyondRole).type()).isEqualTo("/problems/role-missing");
        String small = server.realKey(ADA, "{\"name\":\"s\",\"scopes\":[\"keys:write\",\"tunnels:read\"]}")
                .path("secret")
                .asString();
        assertThat(server.send("POST", server.keys(), small, "{\"name\":\"c\",\"scopes\":[\"tunnels:read\"]}")
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> beyondKey =
                server.send("POST", server.keys(), small, "{\"name\":\"c\",\"scopes\":[\"tunnels:write\"]}");
        assertThat(problem(beyondKey).type()).isEqualTo("/problems/insufficient-scope");
        HttpResponse<String> byRotation = server.send("POST", server.keys() + "/" + key + "/rotate", small, null);
        assertThat(problem(byRotation).type()).isEqualTo("/problems/insufficient-scope");
        for (String unknown : List.of("admin", "tunnels:destroy", "")) {
            HttpResponse<String> refused =
                    server.post(server.keys(), "{\"name\":\"c\",\"scopes\":[\"" + unknown + "\"]}");
            assertThat(problem(refused).field()).as(unknown).isEqualTo("scopes");
        }
    }

    @Test
    void aViewersSessionIsNotLetInAnyMore() { // T-I8
        server.join("usr_bob", Role.member);
        String secret = server.realKey(BOB, "{\"name\":\"b\"}").path("secret").asString();
        String token = read(server.send(
                        "POST", "/api/v1/connect-tokens", secret, "{\"connector\":\"" + connector + "\"}"))
                .path("token")
                .asString();
        assertThat(server.control.authority().authorize(token)).isPresent();
        role("usr_bob", Role.viewer);
        assertThat(server.control.authority().authorize(token)).isEmpty();
    }

    private void role(String user, Role role) {
        HttpResponse<String> changed = server.patch(
                "/api/v1/organizations/" + organization + "/members/" + user, "{\"role\":\"" + role + "\"}");
        assertThat(changed.statusCode()).isEqualTo(200);
    }

    private interface Operation {
        void on(String method, String template, JsonNode operation);
    }

    private static void walk(JsonNode document, Operation each) {
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue().propertyStream().forEach(operation -> {
                    if (operation.getValue().has("x-porthole-scope")) {
                        each.on(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue());
                    }
                }));
    }

    private String url(String template) {
        return template.replace("{project}", server.adasProject)
                .replace("{organization}", organization)
                .replace("{tunnel}", tunnel)
                .replace("{connector}", connector)
                .replace("{key}", key)
                .replace("{user}", "usr_ada")
                .replaceAll("[{}]", "");
    }

    /** A body that says something right for each field that must be there. */
    private static String body(JsonNode document, JsonNode operation) {
        JsonNode reference = operation.at("/requestBody/content/application~1json/schema/$ref");
        if (!reference.isString()) {
            return "{}";
        }
        JsonNode schema = document.at(reference.asString().substring(1));
        StringBuilder body = new StringBuilder();
        schema.path("required").forEach(name -> {
            JsonNode property = schema.path("properties").path(name.asString());
            body.append(body.isEmpty() ? "" : ",")
                    .append('"')
                    .append(name.asString())
                    .append("\":")
                    .append(example(property));
        });
        return "{" + body + "}";
    }

    private static String example(JsonNode property) {
        if (property.has("enum")) {
            return "\"" + property.path("enum").get(0).asString() + "\"";
        }
        return switch (property.path("type").asString("")) {
            case "array" -> "[]";
            case "boolean" -> "true";
            case "integer" -> "1";
            case "object" -> "{}";
            default -> property.path("format").asString("").equals("date-time") ? "\"2030-01-01T00:00:00Z\"" : "\"x\"";
        };
    }
}
