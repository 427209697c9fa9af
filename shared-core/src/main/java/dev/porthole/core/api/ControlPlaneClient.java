package dev.porthole.core.api;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A server's REST API, a method a route.
 *
 * <p>Blocking and safe from any thread; an interrupt ends a call. Errors: {@link ProblemException} when the server says
 * no, {@link IOException} when there is no answer. A 401 leads to one other token if there is one, never to a loop.
 */
public final class ControlPlaneClient {
    private static final int PAGE_SIZE = 200;

    private final ServerAddress server;
    private final Credentials credentials;
    private final String userAgent;

    /** A client for one server; {@code userAgent} such as {@code Porthole/0.1.0}. */
    public ControlPlaneClient(ServerAddress server, Credentials credentials, String userAgent) {
        this.server = server;
        this.credentials = credentials;
        this.userAgent = userAgent;
    }

    /** What a server says of itself to anyone. */
    public static Discovery discover(ServerAddress server) throws ProblemException, IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.at("/api"))
                .timeout(HttpExchange.ANSWER_LIMIT)
                .header("Accept", "application/json")
                .build();
        return HttpExchange.json(accepted(HttpExchange.send(request)), Discovery.class);
    }

    /** The server that this client speaks to. */
    public ServerAddress server() {
        return server;
    }

    public User me() throws ProblemException, IOException, InterruptedException {
        return call("GET", "/me", null, User.class);
    }

    public List<Organization> organizations() throws ProblemException, IOException, InterruptedException {
        return all("/organizations", Organization.class);
    }

    public List<Project> projects() throws ProblemException, IOException, InterruptedException {
        return all("/projects", Project.class);
    }

    public Project project(String project) throws ProblemException, IOException, InterruptedException {
        return call("GET", "/projects/" + segment(project), null, Project.class);
    }

    public List<Tunnel> tunnels(String project) throws ProblemException, IOException, InterruptedException {
        return all(inProject(project) + "/tunnels", Tunnel.class);
    }

    public Tunnel tunnel(String project, String tunnel) throws ProblemException, IOException, InterruptedException {
        return call("GET", tunnelPath(project, tunnel), null, Tunnel.class);
    }

    /** Makes a tunnel, or gives the one that the project has for this endpoint. */
    public Created<Tunnel> createTunnel(String project, TunnelRequest request)
            throws ProblemException, IOException, InterruptedException {
        HttpResponse<byte[]> answer = send("POST", inProject(project) + "/tunnels", request, List.of());
        return new Created<>(HttpExchange.json(answer, Tunnel.class), answer.statusCode() == 201);
    }

    /**
     * Changes a tunnel.
     *
     * @param version the version that the change is meant for; another one is a problem with status 412. Null: any
     */
    public Tunnel updateTunnel(String project, String tunnel, TunnelUpdate update, @Nullable Long version)
            throws ProblemException, IOException, InterruptedException {
        List<String> headers = version == null ? List.of() : List.of("If-Match", "\"" + version + "\"");
        return HttpExchange.json(send("PATCH", tunnelPath(project, tunnel), update, headers), Tunnel.class);
    }

    public void deleteTunnel(String project, String tunnel) throws ProblemException, IOException, InterruptedException {
        send("DELETE", tunnelPath(project, tunnel), null, List.of());
    }

    public List<Connector> connectors(String project) throws ProblemException, IOException, InterruptedException {
        return all(inProject(project) + "/connectors", Connector.class);
    }

    /** Gives this device its connector in a project; repeating it changes nothing. */
    public Connector registerManaged(String project, String device, ConnectorRegistration registration)
            throws ProblemException, IOException, InterruptedException {
        String path = inProject(project) + "/connectors/managed/" + segment(device);
        return call("PUT", path, registration, Connector.class);
    }

    /** Says that an instance lives, and takes its lease. */
    public Lease heartbeat(String project, String connector, String instance, Heartbeat beat)
            throws ProblemException, IOException, InterruptedException {
        return call("PUT", instancePath(project, connector, instance), beat, Lease.class);
    }

    /** Ends an instance's lease at once. */
    public void endInstance(String project, String connector, String instance)
            throws ProblemException, IOException, InterruptedException {
        send("DELETE", instancePath(project, connector, instance), null, List.of());
    }

    /** Makes an external connector; the answer is the only one that has its credential. */
    public ConnectorConnection createConnector(String project, ConnectorRequest request)
            throws ProblemException, IOException, InterruptedException {
        return call("POST", inProject(project) + "/connectors", request, ConnectorConnection.class);
    }

    /** How an external connector's agent connects, without the credential. */
    public ConnectorConnection connection(String project, String connector)
            throws ProblemException, IOException, InterruptedException {
        return call("GET", connectorPath(project, connector) + "/connection", null, ConnectorConnection.class);
    }

    /** Gives an external connector a fresh credential; the one before and its sessions end at once. */
    public ConnectorConnection rotate(String project, String connector)
            throws ProblemException, IOException, InterruptedException {
        return call("POST", connectorPath(project, connector) + "/rotate", null, ConnectorConnection.class);
    }

    /** Removes a connector and ends its sessions; its tunnels stay. */
    public void deleteConnector(String project, String connector)
            throws ProblemException, IOException, InterruptedException {
        send("DELETE", connectorPath(project, connector), null, List.of());
    }

    /** What an external connector, whose credential this client shows, is to carry. */
    public ConnectorState connectorState() throws ProblemException, IOException, InterruptedException {
        return call("GET", "/connector", null, ConnectorState.class);
    }

    /**
     * One page of a project's audit trail, the newest entries first.
     *
     * @param cursor the {@code next} of the page before; null for the first page
     */
    public Page<AuditEntry> audit(String project, AuditFilter filter, @Nullable String cursor)
            throws ProblemException, IOException, InterruptedException {
        return audit(project, filter, cursor, PAGE_SIZE);
    }

    /** As {@link #audit(String, AuditFilter, String)}, with so many entries at most: 1 to 200. */
    public Page<AuditEntry> audit(String project, AuditFilter filter, @Nullable String cursor, int limit)
            throws ProblemException, IOException, InterruptedException {
        StringBuilder query = new StringBuilder("?limit=" + limit);
        parameter(query, "actor", filter.actor());
        parameter(query, "action", filter.action());
        parameter(query, "resource", filter.resource());
        parameter(query, "from", filter.from());
        parameter(query, "to", filter.to());
        parameter(query, "cursor", cursor);
        return HttpExchange.page(send("GET", inProject(project) + "/audit" + query, null, List.of()), AuditEntry.class);
    }

    public ConnectToken connectToken(ConnectTokenRequest request)
            throws ProblemException, IOException, InterruptedException {
        return call("POST", "/connect-tokens", request, ConnectToken.class);
    }

    /** Organizations, members, keys: what owners look after. */
    public OrganizationsClient owners() {
        return new OrganizationsClient(this);
    }

    /** The answer to a {@code POST} that makes a thing or finds it. */
    public record Created<T>(T value, boolean isNew) {}

    /** Where a project's events are; an external connector's own without one. */
    static String eventsOf(@Nullable String project) {
        return (project == null ? "/connector" : inProject(project)) + "/events";
    }

    /** Opens an event stream; the answer's head has come and is fine. {@link EventStream} reads it. */
    Flow.Publisher<List<ByteBuffer>> openEvents(String path, @Nullable String lastEventId)
            throws ProblemException, IOException, InterruptedException {
        List<String> headers = new ArrayList<>(List.of("Accept", "text/event-stream", "Cache-Control", "no-store"));
        if (lastEventId != null) {
            headers.addAll(List.of("Last-Event-ID", lastEventId));
        }
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer =
                authorized("GET", path, null, headers, BodyHandlers.ofPublisher());
        if (answer.statusCode() != 200) {
            try (ByteQueue body = new ByteQueue()) {
                answer.body().subscribe(body);
                throw HttpExchange.problem(answer.statusCode(), body.all(HttpExchange.ANSWER_LIMIT, 64 * 1024));
            }
        }
        return answer.body();
    }

    <T> List<T> all(String path, Class<T> item) throws ProblemException, IOException, InterruptedException {
        List<T> items = new ArrayList<>();
        String cursor = null;
        do {
            String query = "?limit=" + PAGE_SIZE + (cursor == null ? "" : "&cursor=" + segment(cursor));
            Page<T> next = HttpExchange.page(send("GET", path + query, null, List.of()), item);
            items.addAll(next.items());
            cursor = next.next();
        } while (cursor != null);
        return List.copyOf(items);
    }

    <T> T call(String method, String path, @Nullable Object body, Class<T> type)
            throws ProblemException, IOException, InterruptedException {
        return HttpExchange.json(send(method, path, body, List.of()), type);
    }

    HttpResponse<byte[]> send(String method, String path, @Nullable Object body, List<String> headers)
            throws ProblemException, IOException, InterruptedException {
        return accepted(authorized(method, path, body, headers, BodyHandlers.ofByteArray()));
    }

    private <B> HttpResponse<B> authorized(
            String method,
            String path,
            @Nullable Object body,
            List<String> headers,
            HttpResponse.BodyHandler<B> bodyHandler)
            throws ProblemException, IOException, InterruptedException {
        String token = credentials.token();
        HttpResponse<B> answer = HttpExchange.send(request(method, path, body, headers, token), bodyHandler);
        if (answer.statusCode() != 401) {
            return answer;
        }
        Optional<String> other = credentials.insteadOf(token);
        return other.isEmpty()
                ? answer
                : HttpExchange.send(request(method, path, body, headers, other.get()), bodyHandler);
    }

    private HttpRequest request(String method, String path, @Nullable Object body, List<String> headers, String token) {
        URI uri = server.at("/api/v1" + path);
        BodyPublisher publisher = body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(ApiJson.LENIENT.writeValueAsBytes(body));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, publisher)
                .timeout(HttpExchange.ANSWER_LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("User-Agent", userAgent);
        if (headers.isEmpty() || !headers.contains("Accept")) {
            request.header("Accept", "application/json, application/problem+json");
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return request.build();
    }

    private static HttpResponse<byte[]> accepted(HttpResponse<byte[]> answer) throws ProblemException {
        if (answer.statusCode() / 100 != 2) {
            throw HttpExchange.problem(answer.statusCode(), answer.body());
        }
        return answer;
    }

    static String inProject(String project) {
        return "/projects/" + segment(project);
    }

    static String tunnelPath(String project, String tunnel) {
        return inProject(project) + "/tunnels/" + segment(tunnel);
    }

    private static String instancePath(String project, String connector, String instance) {
        return connectorPath(project, connector) + "/instances/" + segment(instance);
    }

    private static String connectorPath(String project, String connector) {
        return inProject(project) + "/connectors/" + segment(connector);
    }

    private static void parameter(StringBuilder query, String name, @Nullable Object value) {
        if (value != null) {
            query.append('&').append(name).append('=').append(segment(value.toString()));
        }
    }

    /** An id as one path segment or query value (RFC 3986, section 3.3). */
    static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
