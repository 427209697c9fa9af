package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Problem;
import dev.porthole.server.identity.Authenticator;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.StoreUnavailableException;
import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API over HTTP: a request's body is gathered on the I/O thread, up to 1 MiB and without holding a thread; then its
 * route runs on a virtual one, where it may block. Every error is a problem (RFC 9457).
 */
final class ApiHandler implements HttpHandler {
    static final int MAX_BODY_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
    private static final String JSON = "application/json";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final List<HttpString> PASSED_ON =
            List.of(Headers.IF_MATCH, new HttpString("Idempotency-Key"), new HttpString("Last-Event-ID"));

    private final Router router;
    private final Authenticator authenticator;
    private final ApiRates rates;
    private final Executor threads;

    ApiHandler(Router router, Authenticator authenticator, ApiRates rates, Executor threads) {
        this.router = router;
        this.authenticator = authenticator;
        this.rates = rates;
        this.threads = threads;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Router.Match match;
        try {
            rates.admitAddress(clientAddress(exchange.getRequestHeaders()), exchange.getResponseHeaders());
            match = router.find(exchange.getRequestMethod().toString(), exchange.getRequestPath());
        } catch (ProblemException problem) {
            send(exchange, problem);
            return;
        }
        Receiver receiver = exchange.getRequestReceiver();
        receiver.setMaxBufferSize(MAX_BODY_BYTES);
        receiver.receiveFullBytes(
                (whole, body) -> whole.dispatch(threads, () -> answer(whole, match, body)),
                (broken, error) -> refuseBody(broken, error));
    }

    private static void refuseBody(HttpServerExchange exchange, IOException error) {
        exchange.setPersistent(false);
        if (error instanceof Receiver.RequestToLargeException
                || error instanceof io.undertow.server.RequestTooBigException) {
            send(exchange, ProblemException.bodyTooLarge());
        } else {
            exchange.endExchange();
        }
    }

    private void answer(HttpServerExchange exchange, Router.Match match, byte[] body) {
        try {
            write(exchange, match.route().handler().handle(call(exchange, match, body)));
        } catch (ProblemException problem) {
            send(exchange, problem);
        } catch (StoreUnavailableException away) {
            LOG.warn("{} {}: {}", exchange.getRequestMethod(), match.route().template(), away.getMessage());
            send(exchange, ProblemException.unavailable(away));
        } catch (RuntimeException bug) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), match.route().template(), bug);
            send(
                    exchange,
                    ProblemException.of(
                            500, "internal-error", "The server made a mistake", "its log says more about it"));
        }
    }

    private Call call(HttpServerExchange exchange, Router.Match match, byte[] body) {
        HeaderMap headers = exchange.getRequestHeaders();
        Principal caller = null;
        Scope scope = match.route().scope();
        if (scope != null) {
            caller = authenticator
                    .authenticate(headers.getFirst(Headers.AUTHORIZATION), headers.getFirst("x-api-key"))
                    .orElseThrow(ProblemException::unauthenticated);
            rates.admitCredential(caller.credential(), exchange.getResponseHeaders());
            Access.requireScope(caller, scope);
        }
        if (match.route().body() != null && body.length > 0) {
            requireJson(headers.getFirst(Headers.CONTENT_TYPE));
        }
        Map<String, String> query = new HashMap<>();
        exchange.getQueryParameters().forEach((name, values) -> query.put(name, values.getFirst()));
        Map<String, String> passedOn = new HashMap<>();
        for (HttpString name : PASSED_ON) {
            String value = headers.getFirst(name);
            if (value != null) {
                passedOn.put(name.toString().toLowerCase(java.util.Locale.ROOT), value);
            }
        }
        return new Call(
                caller,
                exchange.getRequestMethod().toString(),
                match.path(),
                query,
                passedOn,
                text(body),
                clientAddress(headers),
                scope);
    }

    /** Only the edge reaches this listener, and it has replaced what visitors say about themselves. */
    private static @Nullable String clientAddress(HeaderMap headers) {
        String forwarded = headers.getFirst(Headers.X_FORWARDED_FOR);
        return forwarded == null ? null : forwarded.split(",", 2)[0].strip();
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw ProblemException.of(400, "invalid-json", "The body is not JSON", "expected: UTF-8");
        }
    }

    private static void requireJson(@Nullable String contentType) {
        String type = contentType == null ? "none" : contentType.split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase(JSON)) {
            throw ProblemException.of(
                    415,
                    "unsupported-media-type",
                    "The body must be JSON",
                    "Content-Type: " + type + " (expected: " + JSON + ")");
        }
    }

    /** Sends a route's answer; of a stream, returns at its end. */
    static void write(HttpServerExchange exchange, Answer answer) {
        switch (answer) {
            case Answer.Json(int status, Object body, Map<String, String> headers) -> {
                headers.forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
                send(exchange, status, JSON, ApiJson.STRICT.writeValueAsBytes(body));
            }
            case Answer.Stored(int status, String json) ->
                send(exchange, status, JSON, json.getBytes(StandardCharsets.UTF_8));
            case Answer.NoContent() -> exchange.setStatusCode(204).endExchange();
            case Answer.Events(Answer.Writer writer) -> stream(exchange, "text/event-stream", writer);
            case Answer.Lines(String file, Answer.Writer writer) -> {
                exchange.getResponseHeaders().put(Headers.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"");
                stream(exchange, "application/x-ndjson", writer);
            }
        }
    }

    private static void stream(HttpServerExchange exchange, String type, Answer.Writer writer) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type).put(Headers.CACHE_CONTROL, "no-store");
        exchange.startBlocking();
        try {
            writer.writeTo(exchange.getOutputStream());
        } catch (IOException readerLeft) {
            LOG.debug("a stream's reader has left: {}", readerLeft.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.endExchange();
        }
    }

    static void send(HttpServerExchange exchange, ProblemException refused) {
        refused.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        Problem problem = refused.problem();
        send(exchange, problem.status(), PROBLEM_JSON, ApiJson.STRICT.writeValueAsBytes(problem));
    }

    private static void send(HttpServerExchange exchange, int status, String type, byte[] body) {
        if (exchange.isResponseStarted()) {
            exchange.setPersistent(false);
            exchange.endExchange();
            return;
        }
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type).put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }
}
