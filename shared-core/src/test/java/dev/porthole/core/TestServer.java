package dev.porthole.core;

import dev.porthole.core.agent.WireEdge;
import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Condition;
import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Heartbeat;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Lease;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.ProjectEvent;
import dev.porthole.core.api.Tunnel;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server in small: sign-in and API by {@link TestControlPlane}, sessions by {@link WireEdge}, on one port. */
final class TestServer implements AutoCloseable {
    static final Project WEB = new Project("prj_web", "web", new Organization("org_1", "Acme"));
    static final Project API = new Project("prj_api", "api", new Organization("org_1", "Acme"));
    private static final String IN_PROJECT = "/api/v1/projects/";
    private static final String OVER = "";

    final TestControlPlane control;
    final WireEdge edge = new WireEdge();
    final FrontDoor door;

    /** What happened to tunnels, in its order: {@code create}, {@code beat}, {@code enable}... and the tunnel's id. */
    final List<String> events = new CopyOnWriteArrayList<>();

    /** Called when a tunnel is being enabled, before the answer. */
    volatile Consumer<Tunnel> onEnable = _ -> {};

    /** Whether what is enabled is ready at once; otherwise nothing is said of it. */
    volatile boolean answering = true;

    /** What tunnels are said to lead to from now on, whatever was asked for. */
    volatile @Nullable Endpoint answersWith;

    /** The projects that a user sees. */
    final List<Project> projects = new CopyOnWriteArrayList<>(List.of(WEB));

    private final List<Connector> connectors = new CopyOnWriteArrayList<>();
    private final Map<String, Tunnel> tunnels = new LinkedHashMap<>();
    private final Map<BlockingQueue<String>, String> followers = new LinkedHashMap<>();
    private long sequence;
    private boolean closed;

    TestServer() throws Exception {
        control = new TestControlPlane();
        door = new FrontDoor(control.port(), edge.port());
        control.behind(door.uri());
        control.otherwise(this::answer);
    }

    URI uri() {
        return door.uri();
    }

    synchronized Tunnel tunnel(String id) {
        Tunnel tunnel = tunnels.get(id);
        if (tunnel == null) {
            throw new AssertionError("no tunnel " + id);
        }
        return tunnel;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            followers.keySet().forEach(follower -> follower.add(OVER));
        }
        door.close();
        edge.close();
        control.close();
    }

    private void answer(HttpServerExchange exchange, byte[] body) throws Exception {
        String method = exchange.getRequestMethod().toString();
        String path = exchange.getRequestPath();
        if (path.equals("/api/v1/projects")) {
            TestControlPlane.json(exchange, 200, new Page<>(List.copyOf(projects), projects.size(), null));
        } else if (path.equals("/api/v1/connect-tokens")) {
            JsonNode wanted = ApiJson.STRICT.readTree(body);
            String connector = wanted.get("connector").asString();
            Instant tomorrow = Instant.now().plusSeconds(86_400);
            TestControlPlane.json(exchange, 200, new ConnectToken("connect-" + connector, connector, tomorrow));
        } else if (path.startsWith(IN_PROJECT)) {
            inProject(exchange, method, path.substring(IN_PROJECT.length()).split("/", -1), body);
        } else {
            nothing(exchange);
        }
    }

    private void inProject(HttpServerExchange exchange, String method, String[] path, byte[] body) throws Exception {
        String project = path[0];
        String what = path.length > 1 ? path[1] : "";
        if (path.length == 1) {
            TestControlPlane.json(exchange, 200, project.equals(WEB.id()) ? WEB : API);
        } else if (what.equals("events")) {
            follow(exchange, project);
        } else if (what.equals("tunnels")) {
            tunnels(exchange, method, project, path.length > 2 ? path[2] : "", body);
        } else if (what.equals("connectors") && path.length == 2) {
            TestControlPlane.json(exchange, 200, new Page<>(List.copyOf(connectors), connectors.size(), null));
        } else if (what.equals("connectors") && path[2].equals("managed")) {
            events.add("register");
            Connector registered = connector(project, path[3]);
            if (!connectors.contains(registered)) {
                connectors.add(registered);
            }
            TestControlPlane.json(exchange, 200, registered);
        } else if (what.equals("connectors") && method.equals("PUT")) {
            Heartbeat beat = ApiJson.STRICT.readValue(body, Heartbeat.class);
            beat.tunnels().forEach(tunnel -> events.add("beat " + tunnel));
            Instant now = Instant.now();
            TestControlPlane.json(exchange, 200, new Lease(now.plusSeconds(30), now));
        } else if (what.equals("connectors") && method.equals("DELETE")) {
            exchange.setStatusCode(204);
        } else {
            nothing(exchange);
        }
    }

    private void tunnels(HttpServerExchange exchange, String method, String project, String id, byte[] body)
            throws Exception {
        if (id.isEmpty() && method.equals("GET")) {
            List<Tunnel> all = in(project);
            TestControlPlane.json(exchange, 200, new Page<>(all, all.size(), null));
        } else if (id.isEmpty()) {
            JsonNode request = ApiJson.STRICT.readTree(body);
            if (request.has("address") || request.has("visibleInNetwork")) {
                // Its capabilities don't list ports.
                TestControlPlane.problem(exchange, 400, "Unknown field", "address (expected: no such field)");
            } else {
                TestControlPlane.json(exchange, 200, made(project, request));
            }
        } else if (method.equals("PATCH")) {
            JsonNode change = ApiJson.STRICT.readTree(body);
            if (change.has("enabled")) {
                boolean on = change.get("enabled").asBoolean();
                events.add((on ? "enable " : "disable ") + id);
                if (on) {
                    onEnable.accept(tunnel(id));
                }
            }
            TestControlPlane.json(exchange, 200, changed(id, change));
        } else {
            TestControlPlane.json(exchange, 200, tunnel(id));
        }
    }

    private synchronized List<Tunnel> in(String project) {
        return tunnels.values().stream()
                .filter(tunnel -> tunnel.project().equals(project))
                .toList();
    }

    private synchronized Tunnel made(String project, JsonNode request) {
        Endpoint endpoint = Endpoint.parse(request.get("endpoint").asString());
        for (Tunnel tunnel : in(project)) {
            if (tunnel.endpoint().equals(endpoint)) {
                return tunnel;
            }
        }
        String id = "tun_" + (tunnels.size() + 1);
        events.add("create " + id);
        return published(tunnel(id, project, endpoint, false, 1), "tunnel.created");
    }

    private synchronized Tunnel changed(String id, JsonNode change) {
        Tunnel before = tunnel(id);
        Endpoint endpoint =
                change.has("endpoint") ? Endpoint.parse(change.get("endpoint").asString()) : before.endpoint();
        boolean enabled = change.has("enabled") ? change.get("enabled").asBoolean() : before.enabled();
        return published(tunnel(id, before.project(), endpoint, enabled, before.version() + 1), "tunnel.updated");
    }

    private Tunnel tunnel(String id, String project, Endpoint endpoint, boolean enabled, long version) {
        List<Condition> conditions = new ArrayList<>();
        if (enabled && answering) {
            for (Condition.Type type : Condition.Type.values()) {
                conditions.add(new Condition(type, Condition.Status.True, "Fine", "", Instant.EPOCH));
            }
        }
        Endpoint told = answersWith;
        String url = "http://" + id.replace('_', '-') + ".localhost:8080";
        return new Tunnel(
                id,
                project,
                id.replace('_', '-'),
                "label of " + id,
                told == null ? endpoint : told,
                HostHeader.visitor(),
                url,
                enabled,
                null,
                conditions,
                version,
                Instant.EPOCH,
                null,
                null);
    }

    private Tunnel published(Tunnel tunnel, String type) {
        tunnels.put(tunnel.id(), tunnel);
        sequence++;
        ProjectEvent event =
                new ProjectEvent(sequence, type, tunnel.id(), ApiJson.STRICT.valueToTree(tunnel), Instant.EPOCH);
        String text = "id: " + sequence + "\ndata: " + ApiJson.STRICT.writeValueAsString(event) + "\n\n";
        followers.forEach((follower, project) -> {
            if (project.equals(tunnel.project())) {
                follower.add(text);
            }
        });
        return tunnel;
    }

    private void follow(HttpServerExchange exchange, String project) throws InterruptedException {
        BlockingQueue<String> news = new LinkedBlockingQueue<>(List.of(": hello\n\n"));
        synchronized (this) {
            followers.put(news, project);
            if (closed) {
                // Whoever comes after the others were told would be waited for without end.
                news.add(OVER);
            }
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream");
        try (OutputStream out = exchange.getOutputStream()) {
            for (String next = news.take(); !next.equals(OVER); next = news.take()) {
                out.write(next.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException left) {
            exchange.endExchange();
        } finally {
            synchronized (this) {
                followers.remove(news);
            }
        }
    }

    private static Connector connector(String project, String device) {
        return new Connector(
                "con_" + project, project, Connector.Kind.managed, "test", device, true, null, null, List.of());
    }

    private static void nothing(HttpServerExchange exchange) {
        TestControlPlane.problem(exchange, 404, "Not found", exchange.getRequestPath());
    }
}
