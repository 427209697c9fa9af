package dev.porthole.server.control;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The control plane's own listener, on a free loopback port. Only the edge may speak to it: every request must carry a
 * secret that is made at start, so that no other program of this computer can pass itself off as a forwarded visitor.
 */
public final class ControlListener implements AutoCloseable {
    /** The field that carries the secret. */
    public static final String SECRET_HEADER = "Porthole-Edge-Secret";

    private static final int SECRET_BYTES = 32;
    /** Of forms. The API has a limit of its own, which it answers with a problem. */
    private static final long MAX_FORM_BYTES = 1024L * 1024;

    private final String secret;
    private final Undertow undertow;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable HttpHandler api;
    private volatile @Nullable HttpHandler pages;

    private ControlListener() {
        byte[] bits = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bits);
        secret = HexFormat.of().formatHex(bits);
        undertow = Undertow.builder()
                .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress(), this::handle)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, true)
                .setIoThreads(1)
                .setWorkerThreads(1)
                .build();
    }

    /** Opens the listener; until {@link #serve} it answers 503. */
    public static ControlListener open() {
        ControlListener listener = new ControlListener();
        listener.undertow.start();
        return listener;
    }

    /**
     * Begins to answer.
     *
     * @param apiHandler for {@code /api} and {@code /health}
     * @param pageHandler for all else: sign-in, tokens, the console. Runs on a virtual thread and may block
     */
    public void serve(HttpHandler apiHandler, HttpHandler pageHandler) {
        pages = pageHandler;
        api = apiHandler;
    }

    /** Where the edge forwards to. */
    public InetSocketAddress address() {
        return (InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress();
    }

    /** What the edge says in {@link #SECRET_HEADER}. */
    public String secret() {
        return secret;
    }

    /** Where handlers run. */
    public ExecutorService threads() {
        return threads;
    }

    private void handle(HttpServerExchange exchange) throws Exception {
        HttpHandler apiHandler = api;
        HttpHandler pageHandler = pages;
        if (!fromEdge(exchange.getRequestHeaders().getFirst(SECRET_HEADER))) {
            ApiHandler.send(
                    exchange,
                    ProblemException.of(
                            403, "not-through-the-edge", "This listener is the edge's", "use the server's address"));
        } else if (apiHandler == null || pageHandler == null) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, 1);
            ApiHandler.send(
                    exchange, ProblemException.of(503, "not-ready", "The server is starting", "try again in a moment"));
        } else if (isApi(exchange.getRequestPath())) {
            apiHandler.handleRequest(exchange);
        } else {
            exchange.setMaxEntitySize(MAX_FORM_BYTES);
            exchange.dispatch(threads, pageHandler);
        }
    }

    private boolean fromEdge(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isApi(String path) {
        return path.equals("/api") || path.startsWith("/api/") || path.equals("/health") || path.startsWith("/health/");
    }

    /** Stops at once; who lets running requests finish first is the edge. */
    @Override
    public void close() {
        undertow.stop();
        threads.shutdownNow();
    }
}
