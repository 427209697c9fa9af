package dev.porthole.core.auth;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits on a free loopback port for the browser to come back (RFC 8252, section 7.3). An answer with another
 * {@code state} is shown a page and otherwise ignored. The port is closed with this.
 */
public final class RedirectUriReceiver implements AutoCloseable {
    /** The path that the server knows; the port is any. */
    public static final String PATH = "/callback";

    private static final Duration PAGE_LIMIT = Duration.ofSeconds(60);
    private static final HttpString REFERRER_POLICY = new HttpString("Referrer-Policy");
    private static final HttpString CONTENT_SECURITY_POLICY = new HttpString("Content-Security-Policy");
    private static final HttpString CONTENT_TYPE_OPTIONS = new HttpString("X-Content-Type-Options");

    private final String state;
    private final BlockingQueue<Redirect> redirects = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Undertow undertow;
    private final int port;

    private RedirectUriReceiver(String state) {
        this.state = state;
        this.undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", this::receive)
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 0L)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, 10_000)
                .build();
        undertow.start();
        this.port = ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
    }

    /** Opens the port and waits for the answer that carries {@code state}. */
    public static RedirectUriReceiver start(String state) throws IOException {
        try {
            return new RedirectUriReceiver(state);
        } catch (RuntimeException noPort) {
            throw new IOException("no port of 127.0.0.1 can be opened for the browser to come back to", noPort);
        }
    }

    /** Where the browser is to come back to. */
    public URI redirectUri() {
        return URI.create("http://127.0.0.1:" + port + PATH);
    }

    /** The first answer with the right state. The browser waits until {@link Redirect#show} is called. */
    public Redirect await(Duration limit) throws InterruptedException, TimeoutException {
        Redirect redirect = redirects.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (redirect == null) {
            throw new TimeoutException("the browser did not come back within " + limit.toSeconds() + " s");
        }
        return redirect;
    }

    @Override
    public void close() {
        // The page that was decided last still goes out: tasks end when they have sent theirs.
        redirects.forEach(late -> late.show(RedirectPage.NOT_AWAITED));
        threads.close();
        undertow.stop();
    }

    /** The browser, back from the server and waiting for a page. */
    public static final class Redirect {
        private final Map<String, String> parameters;
        private final CompletableFuture<RedirectPage> page = new CompletableFuture<>();

        private Redirect(Map<String, String> parameters) {
            this.parameters = parameters;
        }

        @Nullable
        String parameter(String name) {
            return parameters.get(name);
        }

        void show(RedirectPage decided) {
            page.complete(decided);
        }
    }

    private void receive(HttpServerExchange exchange) {
        if (!exchange.getRequestPath().equals(PATH)
                || !exchange.getRequestMethod().equals(Methods.GET)) {
            answer(exchange, RedirectPage.NOT_FOUND);
            return;
        }
        Map<String, String> parameters = single(exchange.getQueryParameters());
        // Another Host means that a page used a name of its own for 127.0.0.1 (DNS rebinding).
        boolean addressed =
                ("127.0.0.1:" + port).equals(exchange.getRequestHeaders().getFirst(Headers.HOST));
        if (!addressed || !matches(parameters.get("state"))) {
            answer(exchange, RedirectPage.NOT_AWAITED);
            return;
        }
        Redirect redirect = new Redirect(parameters);
        exchange.dispatch(threads, () -> {
            redirects.add(redirect);
            // Blocking, so that the page is out before the receiver may close.
            exchange.startBlocking();
            answer(
                    exchange,
                    redirect.page
                            .completeOnTimeout(RedirectPage.NOT_SIGNED_IN, PAGE_LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .join());
        });
    }

    private boolean matches(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
    }

    /** A parameter that comes twice is none (RFC 6749, section 3.1). */
    private static Map<String, String> single(Map<String, Deque<String>> query) {
        Map<String, String> parameters = new HashMap<>();
        query.forEach((name, values) -> {
            if (values.size() == 1) {
                parameters.put(name, values.getFirst());
            }
        });
        return parameters;
    }

    private static void answer(HttpServerExchange exchange, RedirectPage page) {
        exchange.setStatusCode(page.status());
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, "text/html; charset=utf-8")
                .put(Headers.CACHE_CONTROL, "no-store")
                .put(Headers.CONNECTION, "close")
                .put(REFERRER_POLICY, "no-referrer")
                .put(CONTENT_TYPE_OPTIONS, "nosniff")
                .put(CONTENT_SECURITY_POLICY, RedirectPage.contentSecurityPolicy());
        exchange.getResponseSender().send(page.html(), StandardCharsets.UTF_8);
    }
}
