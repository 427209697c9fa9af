package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Discovery;
import dev.porthole.core.api.Problem;
import dev.porthole.core.api.Role;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.identity.ProjectCredentials;
import dev.porthole.server.relay.ProbeResult;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.relay.TunnelRoute;
import dev.porthole.server.store.Account;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.TestStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A control plane on a real listener and a real database, with a clock that stands and two people, Ada and Bob. */
final class ControlFixture implements AutoCloseable {
    static final String ADA = "ada-token";
    static final String BOB = "bob-token";

    final ManualScheduler scheduler = new ManualScheduler();
    final TestIdentity identity = new TestIdentity();
    final RouteTable routes = new RouteTable();
    final List<Predicate<SessionGrant>> endedSessions = new CopyOnWriteArrayList<>();
    final BlockingQueue<String> endedCredentials = new LinkedBlockingQueue<>();
    final List<TunnelRoute> probed = new ArrayList<>();
    final Deque<ProbeResult> probeResults = new ArrayDeque<>();
    final PublicPorts ports;
    final Store store;
    final ControlListener listener;
    final ControlPlane control;
    final HttpClient http = HttpClient.newHttpClient();
    final String adasProject;
    final String bobsProject;

    /** Without ports for tunnels. */
    ControlFixture(Path folder) {
        this(folder, new PublicPorts(1, 0, 0, InetAddress.getLoopbackAddress(), false, Optional::empty));
    }

    ControlFixture(Path folder, PublicPorts ports) {
        this(folder, ports, ControlLimits.NONE);
    }

    ControlFixture(Path folder, ControlLimits limits) {
        this(folder, new PublicPorts(1, 0, 0, InetAddress.getLoopbackAddress(), false, Optional::empty), limits);
    }

    private ControlFixture(Path folder, PublicPorts ports, ControlLimits limits) {
        this.ports = ports;
        store = TestStores.open(folder);
        identity.know(ProjectCredentials.in(store, scheduler::now, endedCredentials::add));
        identity.open(store, folder, scheduler);
        ControlPlane.fill(routes, store, ports);
        listener = ControlListener.open();
        control = new ControlPlane(new ControlPlane.Parts(
                store,
                identity,
                routes,
                this::probe,
                endedSessions::add,
                scheduler,
                PublicUrls.onLocalhost(8080),
                ports,
                new Discovery("Porthole", "test", "http://localhost:8080", "http://localhost:8080/api/v1", List.of()),
                URI.create("http://porthole.localhost:8080"),
                limits));
        control.start();
        listener.serve(control.handler(listener.threads()), exchange -> exchange.setStatusCode(418));
        adasProject = person("usr_ada", "Ada", ADA);
        bobsProject = person("usr_bob", "Bob", BOB);
    }

    private ProbeResult probe(TunnelRoute route) {
        probed.add(route);
        ProbeResult next = probeResults.poll();
        return next == null ? new ProbeResult.NotAnswered("nobody said what to answer") : next;
    }

    /** Another person, known by a token; gives the id of their own project. */
    String person(String id, String name, String token) {
        store.writeOnly(handle -> {
            if (store.users().find(handle, id).isEmpty()) {
                store.users()
                        .insert(handle, new Account(id, "local", name, name, null, null, false, true, scheduler.now()));
            }
        });
        control.firstProject().signedIn(id);
        identity.add(token, new Principal.UserPrincipal(id, "fam_" + id));
        return read(send("GET", "/api/v1/projects", token, null))
                .path("items")
                .get(0)
                .path("id")
                .asString();
    }

    /** The organization of Ada's project. */
    String adasOrganization() {
        return read(get("/api/v1/projects/" + adasProject))
                .at("/organization/id")
                .asString();
    }

    /** Takes someone into Ada's organization. */
    void join(String user, Role role) {
        String organization = adasOrganization();
        store.writeOnly(handle -> store.members().add(handle, organization, user, role, scheduler.now()));
    }

    /** Makes a real key of someone's for Ada's project and gives the answer. */
    JsonNode realKey(String token, String body) {
        return read(send("POST", keys(), token, body));
    }

    String keys() {
        return "/api/v1/projects/" + adasProject + "/keys";
    }

    /** A key of Ada's for her project. */
    void key(String credential, String... scopes) {
        identity.add(credential, new Principal.KeyPrincipal("key_1", "usr_ada", adasProject, Set.of(scopes), "key_1"));
    }

    HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header(ControlListener.SECRET_HEADER, listener.secret())
                .header("Content-Type", "application/json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + listener.address().getPort() + path);
    }

    HttpResponse<String> send(String method, String path, @Nullable String token, @Nullable String body) {
        return send(request(path, token)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    HttpResponse<String> post(String path, String body) {
        return send("POST", path, ADA, body);
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, ADA, null);
    }

    HttpResponse<String> patch(String path, String body) {
        return send("PATCH", path, ADA, body);
    }

    HttpResponse<String> put(String path, String body) {
        return send("PUT", path, ADA, body);
    }

    HttpResponse<String> delete(String path) {
        return send("DELETE", path, ADA, null);
    }

    String tunnels() {
        return "/api/v1/projects/" + adasProject + "/tunnels";
    }

    String connectors() {
        return "/api/v1/projects/" + adasProject + "/connectors";
    }

    /** Makes a tunnel of Ada's and gives its id. */
    String tunnel(String endpoint) {
        return read(post(tunnels(), "{\"endpoint\":\"" + endpoint + "\"}"))
                .path("id")
                .asString();
    }

    /** Registers a device of Ada's and gives its connector's id. */
    String connector() {
        return read(put(connectors() + "/managed/dev_1", "{\"name\":\"Laptop\"}"))
                .path("id")
                .asString();
    }

    /** One sign of life. */
    void beat(String connector) {
        put(connectors() + "/" + connector + "/instances/one", "{\"agentVersion\":\"1\",\"tunnels\":[]}");
    }

    /** Status and reason of a condition: {@code False NoSession}. */
    String condition(String tunnel, String type) {
        for (JsonNode condition : read(get(tunnels() + "/" + tunnel)).path("conditions")) {
            if (condition.path("type").asString().equals(type)) {
                return condition.path("status").asString() + " "
                        + condition.path("reason").asString();
            }
        }
        return "none";
    }

    static JsonNode read(HttpResponse<String> answer) {
        return ApiJson.STRICT.readTree(answer.body());
    }

    static Problem problem(HttpResponse<String> answer) {
        if (!answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json")) {
            throw new AssertionError(answer.statusCode() + " is no problem+json: " + answer.body());
        }
        return ApiJson.STRICT.readValue(answer.body(), Problem.class);
    }

    @Override
    public void close() {
        control.stop();
        http.close();
        listener.close();
        store.close();
    }
}
