package dev.porthole.desktop.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What probes ask over HTTP: {@code /health/live} (the event loop turns), {@code /health/ready} (visitors reach what is
 * carried) and {@code /health} (the same, with the version). It says how the agent is and nothing of what it carries;
 * pages of a browser get nothing: a request with an {@code Origin} is refused, and on loopback one whose {@code Host}
 * is a name other than localhost too (DNS rebinding).
 */
public final class HealthServer implements AutoCloseable {
    private static final int LOOP_SECONDS = 2;

    /** How {@code /health} and {@code /health/ready} answer; {@code /health/live} has the status alone. */
    private record Health(String status, boolean ready, String detail, int tunnels, String version) {}

    private final HttpServer server;
    private final AgentHealth health;
    private final Supplier<CompletableFuture<Void>> pulse;
    private final String version;

    private HealthServer(
            HttpServer server, AgentHealth health, Supplier<CompletableFuture<Void>> pulse, String version) {
        this.server = server;
        this.health = health;
        this.pulse = pulse;
        this.version = version;
    }

    /**
     * Listens from now on.
     *
     * @param port 0 takes a free one
     * @param pulse completes once the agent's loop has turned
     * @throws IOException if the port is taken, or the address is not this computer's
     */
    public static HealthServer start(
            InetAddress address, int port, AgentHealth health, Supplier<CompletableFuture<Void>> pulse, String version)
            throws IOException {
        HealthServer started =
                new HealthServer(HttpServer.create(new InetSocketAddress(address, port), 0), health, pulse, version);
        started.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.server.createContext("/", started::answer);
        started.server.start();
        return started;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (isOfAPage(exchange)) {
                send(exchange, 403, Map.of("status", "refused"));
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, Map.of("status", "method not allowed"));
            } else {
                answer(exchange, exchange.getRequestURI().getPath());
            }
        }
    }

    private void answer(HttpExchange exchange, @Nullable String path) throws IOException {
        switch (path == null ? "" : path) {
            case "/health/live" -> {
                boolean live = isLive();
                send(exchange, live ? 200 : 503, Map.of("status", live ? "up" : "stuck"));
            }
            case "/health", "/health/ready" -> {
                AgentHealth.State state = health.state();
                send(
                        exchange,
                        state.ready() ? 200 : 503,
                        new Health(
                                state.ready() ? "up" : "down",
                                state.ready(),
                                state.detail(),
                                state.tunnels(),
                                version));
            }
            default -> send(exchange, 404, Map.of("status", "not found"));
        }
    }

    private boolean isLive() {
        try {
            pulse.get().get(LOOP_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException stuck) {
            return false;
        }
    }

    private boolean isOfAPage(HttpExchange exchange) {
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            return true;
        }
        String host = exchange.getRequestHeaders().getFirst("Host");
        return server.getAddress().getAddress().isLoopbackAddress() && host != null && !isOwn(host);
    }

    /** An address, or localhost: no other name can be pointed at this computer by someone else. */
    private static boolean isOwn(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        return name.equalsIgnoreCase("localhost") || name.matches("\\[[0-9A-Fa-f:.]+\\]|\\d+(\\.\\d+){3}");
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = (JsonMapper.shared().writeValueAsString(body) + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
