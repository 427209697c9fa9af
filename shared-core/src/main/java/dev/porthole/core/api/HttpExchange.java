package dev.porthole.core.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;

/**
 * Sends requests to a server and reads its answers. Shared by everything of this process that speaks to a control plane
 * or an authorization server.
 *
 * <p>HTTP/1.1, redirects are not followed (a token must not travel on), answers are at most 16 MiB. Blocking; an
 * interrupt ends the exchange.
 */
public final class HttpExchange {
    /** A single answer may take this long. */
    public static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration END_LIMIT = Duration.ofMillis(200);
    private static final long BODY_LIMIT_BYTES = 16L * 1024 * 1024;

    private static final TlsOnDemand TLS = new TlsOnDemand(TrustedAuthorities.ofThisProcess());
    private static @Nullable HttpClient client;

    private HttpExchange() {}

    /** Sends a request and waits for the whole answer, whatever its status. */
    public static HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_LIMIT_BYTES));
    }

    /** Sends a request and waits for the head of the answer, whatever its status. */
    public static <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        if ("https".equals(request.uri().getScheme())) {
            TLS.prepare();
        }
        try {
            return client().send(request, body);
        } catch (SSLException refused) {
            throw isUntrusted(refused) ? untrusted(request, refused) : refused;
        } catch (ConnectException refused) {
            // The JDK's own has no message.
            ConnectException said =
                    new ConnectException("no connection to " + request.uri().getAuthority());
            said.initCause(refused);
            throw said;
        }
    }

    private static boolean isUntrusted(SSLException refused) {
        for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static SSLException untrusted(HttpRequest request, SSLException cause) {
        return new SSLException(
                "the certificate of " + request.uri().getAuthority() + " is not trusted; for a private authority, "
                        + TrustedAuthorities.VARIABLE + " names the file with its certificate",
                cause);
    }

    /**
     * Makes the client ready, the search for names, the reading of answers, and, for a server that speaks it, TLS; asks
     * nothing. Worth a thread of its own in a process that has just started and is to ask in a moment.
     *
     * @param server the address that will be asked; null for not known
     */
    public static void prepare(@Nullable URI server) {
        HttpClient _ = client();
        LocalhostNames.prepare();
        JavaType tunnels = ApiJson.LENIENT.getTypeFactory().constructParametricType(Page.class, Tunnel.class);
        Object _ = ApiJson.LENIENT.readerFor(tunnels).readValue("{\"items\":[]}");
        if (server != null && "https".equals(server.getScheme())) {
            try {
                TLS.prepare();
            } catch (IOException broken) {
                // Said to whoever asks.
                return;
            }
        }
    }

    /**
     * Lets go of everything, in a process that is about to end: the client's thread waits in native code, and Java's
     * exit would wait 300 ms for it. Whoever asks after that gets a client of its own.
     */
    public static void end() {
        HttpClient ending;
        synchronized (HttpExchange.class) {
            ending = client;
            client = null;
        }
        if (ending == null) {
            return;
        }
        ending.shutdownNow();
        try {
            boolean _ = ending.awaitTermination(END_LIMIT);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_LIMIT)
                    .proxy(ServerProxies.ofThisComputer().selector())
                    .authenticator(ServerProxies.ofThisComputer().authenticator())
                    .sslContext(TLS)
                    .sslParameters(TlsOnDemand.parameters())
                    .executor(Executors.newThreadPerTaskExecutor(
                            Thread.ofVirtual().name("http-", 0).factory()))
                    .build();
            client = made;
        }
        return made;
    }

    /** The answer's body as JSON; what a newer server adds is ignored. */
    public static <T> T json(HttpResponse<byte[]> answer, Class<T> type) throws IOException {
        try {
            return said(answer, ApiJson.LENIENT.readValue(answer.body(), type));
        } catch (JacksonException broken) {
            throw notUnderstood(answer, broken);
        }
    }

    /** The answer's body as one page of a list. */
    static <T> Page<T> page(HttpResponse<byte[]> answer, Class<T> item) throws IOException {
        JavaType type = ApiJson.LENIENT.getTypeFactory().constructParametricType(Page.class, item);
        try {
            return said(answer, ApiJson.LENIENT.<Page<T>>readValue(answer.body(), type));
        } catch (JacksonException broken) {
            throw notUnderstood(answer, broken);
        }
    }

    private static <T> T said(HttpResponse<byte[]> answer, @Nullable T value) throws IOException {
        if (value == null) {
            throw new IOException(answer.uri() + " answered nothing (expected: JSON)");
        }
        return value;
    }

    private static IOException notUnderstood(HttpResponse<byte[]> answer, JacksonException broken) {
        return new IOException(
                answer.uri() + " gave an answer that is not understood: " + broken.getOriginalMessage(), broken);
    }

    /** An answer that says no, in words; also when it is no problem document (RFC 9457). */
    static ProblemException problem(int status, byte[] body) {
        try {
            Problem problem = ApiJson.LENIENT.readValue(body, Problem.class);
            if (problem != null && (Object) problem.title() != null) {
                return new ProblemException(new Problem(
                        problem.type(),
                        problem.title(),
                        status,
                        problem.detail(),
                        problem.field(),
                        problem.dependents()));
            }
        } catch (JacksonException notOurs) {
            // A proxy's page, most likely: its status says all that is known.
            return notProblem(status, new String(body, StandardCharsets.UTF_8));
        }
        return notProblem(status, "");
    }

    private static ProblemException notProblem(int status, String body) {
        String excerpt = body.strip().lines().findFirst().orElse("");
        boolean readable = excerpt.length() <= 200 && !excerpt.startsWith("<") && !excerpt.isEmpty();
        return new ProblemException(new Problem(
                "about:blank", "The server answered " + status + (readable ? ": " + excerpt : ""), status, null, null));
    }
}
