package dev.porthole.server.edge;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Problem;
import dev.porthole.core.wire.PortholeError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that the edge makes itself: what happened, in a page for people or as problem details (RFC 9457) for
 * programs.
 *
 * @param error the word in {@code Porthole-Error}, if it is one of the contract's
 * @param hint what to do about it
 * @param json whether the visitor prefers JSON
 * @param fields more header fields
 * @param closes whether the connection ends with it
 */
record EdgePage(
        int status,
        @Nullable PortholeError error,
        String title,
        String hint,
        boolean json,
        Map<String, String> fields,
        boolean closes) {

    /** Seconds after which another try makes sense, when an agent is away. */
    private static final String RETRY_SECONDS = "5";

    private static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private static EdgePage of(PortholeError error, HttpRequest request, String title, String hint) {
        return new EdgePage(
                error.status(), error, title, hint, AcceptField.prefersJson(request.headers()), Map.of(), false);
    }

    static EdgePage notFound(String host, HttpRequest request) {
        return of(
                PortholeError.TUNNEL_NOT_FOUND,
                request,
                "There is no tunnel at " + host,
                "Check the address for typing errors. Whoever shared it may have deleted it since.");
    }

    /** A Host at a tunnel's own port that is not this computer's (RFC 9110, section 15.5.20). */
    static EdgePage misdirected(String host, HttpRequest request) {
        return new EdgePage(
                421,
                PortholeError.TUNNEL_NOT_FOUND,
                host + " is not here",
                "This port answers to this computer's own addresses and to the tunnel's name alone.",
                AcceptField.prefersJson(request.headers()),
                Map.of(),
                true);
    }

    static EdgePage offline(String host, HttpRequest request) {
        EdgePage page = of(
                PortholeError.TUNNEL_OFFLINE,
                request,
                host + " is offline",
                "The address is right, but the computer behind it is not connected now. Try again later.");
        return page.with("Retry-After", RETRY_SECONDS);
    }

    static EdgePage sessionLost(String host, HttpRequest request) {
        EdgePage page = of(
                PortholeError.TUNNEL_OFFLINE,
                request,
                host + " went away",
                "The connection to the computer behind this address ended before there was an answer.");
        return page.withStatus(502);
    }

    /** An error that the agent named. */
    static EdgePage ofAgent(PortholeError error, int status, String host, HttpRequest request) {
        EdgePage page = switch (error) {
            case ENDPOINT_REFUSED ->
                of(
                        error,
                        request,
                        "Nothing answers behind " + host,
                        "The computer is connected, but it gets no answer from the program that is shared, or the folder"
                                + " is not there any more. Is it running? Whoever shares it sees what is wrong.");
            case ENDPOINT_TIMEOUT ->
                of(
                        error,
                        request,
                        "No answer in time from " + host,
                        "The program behind this address took too long. It may still be working on it.");
            case ACCESS_DENIED ->
                of(error, request, host + " is not open to you", "The computer behind this address does not share it.");
            case LIMIT_EXCEEDED ->
                of(error, request, "Too much for " + host, "A limit was reached. Try again in a while.");
            case TUNNEL_NOT_FOUND -> notFound(host, request);
            case TUNNEL_OFFLINE -> offline(host, request);
        };
        return status >= 400 && status <= 599 ? page.withStatus(status) : page;
    }

    /** The app's answer can't be passed on as it is. */
    static EdgePage brokenAnswer(String host, HttpRequest request) {
        return new EdgePage(
                502,
                null,
                "A broken answer from " + host,
                "What came from the program behind this address is no complete HTTP answer.",
                AcceptField.prefersJson(request.headers()),
                Map.of(),
                false);
    }

    static EdgePage busy(String host, HttpRequest request) {
        EdgePage page =
                of(PortholeError.LIMIT_EXCEEDED, request, host + " is busy", "Too many requests are under way.");
        return page.withStatus(503).with("Retry-After", RETRY_SECONDS);
    }

    /** Requests came faster than they may. */
    static EdgePage tooFast(int seconds, String host, HttpRequest request) {
        return of(
                        PortholeError.LIMIT_EXCEEDED,
                        request,
                        "Too many requests to " + host,
                        "They came faster than this server allows. Try again in a moment.")
                .with("Retry-After", Integer.toString(seconds));
    }

    /** So many wait for an agent that one more may not. */
    static EdgePage tooManyWait(String host, HttpRequest request) {
        return of(
                        PortholeError.LIMIT_EXCEEDED,
                        request,
                        host + " is offline",
                        "The computer behind this address is not connected now, and many wait for it already.")
                .withStatus(503)
                .with("Retry-After", RETRY_SECONDS);
    }

    static EdgePage requestTooLarge(long limit, HttpRequest request) {
        return new EdgePage(
                413,
                PortholeError.LIMIT_EXCEEDED,
                "This request is too large",
                "Its body may have " + limit + " bytes at most.",
                AcceptField.prefersJson(request.headers()),
                Map.of(),
                true);
    }

    static EdgePage answerTooLarge(long limit, HttpRequest request) {
        return of(
                        PortholeError.LIMIT_EXCEEDED,
                        request,
                        "The answer is too large",
                        "The program behind this address may answer with " + limit + " bytes at most.")
                .withStatus(413);
    }

    /** For a connection that is one too many, before it has said anything. */
    static EdgePage tooManyConnections(int limit) {
        return turnedAway(429, "Your address has " + limit + " connections to this server: that is all it may have.");
    }

    /** For a connection that the whole edge has no room for, before it has said anything. */
    static EdgePage full() {
        return turnedAway(503, "All connections of this server are in use. Try again in a moment.");
    }

    private static EdgePage turnedAway(int status, String hint) {
        return new EdgePage(
                status,
                PortholeError.LIMIT_EXCEEDED,
                "Too many connections",
                hint,
                false,
                Map.of("Retry-After", RETRY_SECONDS),
                true);
    }

    static EdgePage controlPlaneDown(HttpRequest request) {
        return new EdgePage(
                502,
                null,
                "The server is not ready",
                "Its pages and its API do not answer. Try again in a moment.",
                AcceptField.prefersJson(request.headers()),
                Map.of("Retry-After", RETRY_SECONDS),
                false);
    }

    static EdgePage refusal(UnacceptableRequest refusal, @Nullable HttpRequest request) {
        Map<String, String> fields = refusal.status() == 405 ? Map.of("Allow", ALLOWED) : Map.of();
        return new EdgePage(
                refusal.status(),
                refusal.isLimit() ? PortholeError.LIMIT_EXCEEDED : null,
                "This request can't be served",
                String.valueOf(refusal.getMessage()),
                request != null && AcceptField.prefersJson(request.headers()),
                fields,
                true);
    }

    /** The answer to {@code OPTIONS *}: what the edge as a whole takes (RFC 9110, section 9.3.7). */
    static EdgePage options() {
        return new EdgePage(204, null, "", "", true, Map.of("Allow", ALLOWED), false);
    }

    /** The same address elsewhere, for good (RFC 9110, section 15.4.9). */
    static EdgePage movedTo(String location) {
        return new EdgePage(
                308, null, "This address moved", "It is at " + location, false, Map.of("Location", location), true);
    }

    static EdgePage tooSlow() {
        return refusal(new UnacceptableRequest(408, "The request's header took too long."), null);
    }

    /** A refused handshake: agents are programs. */
    static EdgePage handshake(int status, String detail) {
        Map<String, String> fields = switch (status) {
            case 401 -> Map.of("WWW-Authenticate", "Bearer");
            case 426 -> Map.of("Upgrade", "ptth");
            case 405 -> Map.of("Allow", "GET");
            default -> Map.of();
        };
        return new EdgePage(status, null, "No session", detail, true, fields, true);
    }

    private EdgePage withStatus(int other) {
        return new EdgePage(other, error, title, hint, json, fields, closes);
    }

    /** With one more field. */
    EdgePage with(String name, String value) {
        return new EdgePage(status, error, title, hint, json, Map.of(name, value), closes);
    }

    /** The body in the form that the visitor prefers. */
    ByteBuf body(ByteBufAllocator allocator) {
        if (status == 204) {
            return Unpooled.EMPTY_BUFFER;
        }
        String text = json ? problem() : PageTemplate.html(status, title, hint);
        return ByteBufUtil.writeUtf8(allocator, text);
    }

    /** Status and fields. */
    HttpResponse head(int bodyBytes) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        fill(head.headers(), bodyBytes);
        return head;
    }

    /** All of it, for a connection that ends with it. */
    FullHttpResponse whole(ByteBufAllocator allocator) {
        ByteBuf body = body(allocator);
        FullHttpResponse whole =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        fill(whole.headers(), body.readableBytes());
        whole.headers().set(HttpHeaderNames.CONNECTION, "close");
        return whole;
    }

    private void fill(HttpHeaders headers, int bodyBytes) {
        if (status != 204) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, json ? "application/problem+json" : "text/html; charset=utf-8");
            headers.set(HttpHeaderNames.CONTENT_LENGTH, bodyBytes);
        }
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, PageTemplate.CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        if (error != null) {
            headers.set("Porthole-Error", error.token());
        }
        fields.forEach(headers::set);
    }

    private String problem() {
        String type = error == null
                ? "about:blank"
                : "/problems/" + error.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return ApiJson.STRICT.writeValueAsString(new Problem(type, title, status, hint, null));
    }
}
