package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Any request arrives at the app as the visitor sent it, and any answer at the visitor as the app sent it: method,
 * target, fields and their order, body, trailers, byte for byte, through a real edge and a real agent.
 */
class ByteEqualityTest {
    private static final String TOKEN = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** What the edge says to the app in its own words, or joins: TRUST row W2 and FieldsTest have them. */
    private static final List<String> NOT_THE_VISITORS = List.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "host",
            "cookie",
            "forwarded",
            "expect",
            "content-length",
            "content-encoding",
            "content-type",
            "content-range",
            "authorization",
            "set-cookie",
            "cache-control",
            "max-forwards");

    /** A body as it is sent: with a length, in chunks with trailers, or not at all. */
    record Body(@Nullable String whole, List<String> chunks, List<String> trailers) {
        String bytes() {
            return whole == null ? String.join("", chunks) : whole;
        }

        boolean chunked() {
            return whole == null && !chunks.isEmpty();
        }

        boolean none() {
            return whole == null && chunks.isEmpty();
        }
    }

    /** A request or an answer: its start line's parts, its fields, its body, and where its bytes are cut. */
    record Message(String start, String target, List<String> fields, Body body, List<Integer> cuts) {
        byte[] encode(String startLine, List<String> extra) {
            StringBuilder text = new StringBuilder(startLine).append("\r\n");
            Stream.concat(extra.stream(), fields.stream())
                    .forEach(field -> text.append(field).append("\r\n"));
            if (body.whole != null) {
                text.append("Content-Length: ").append(body.whole.length()).append("\r\n");
            } else if (body.chunked()) {
                text.append("Transfer-Encoding: chunked\r\n");
            }
            text.append("\r\n").append(body.whole == null ? "" : body.whole);
            if (body.chunked()) {
                body.chunks.forEach(chunk -> text.append(Integer.toHexString(chunk.length()))
                        .append("\r\n")
                        .append(chunk)
                        .append("\r\n"));
                text.append("0\r\n");
                body.trailers.forEach(trailer -> text.append(trailer).append("\r\n"));
                text.append("\r\n");
            }
            return text.toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        /** Writes it in the pieces that the cuts make. */
        void send(byte[] bytes, OutputStream out) throws IOException {
            int at = 0;
            for (int cut : cuts) {
                int count = Math.min(cut, bytes.length - at);
                out.write(bytes, at, count);
                out.flush();
                at += count;
            }
            out.write(bytes, at, bytes.length - at);
            out.flush();
        }
    }

    /** A request as the app saw it. */
    private record Seen(String startLine, List<String> fields, String body, List<String> trailers) {}

    private static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();
    private static @Nullable LiveTunnel tunnel;
    private static volatile @Nullable Message answer;

    @BeforeContainer
    static void start() throws Exception {
        tunnel = new LiveTunnel((request, out) -> {
            String body = new String(request.body().readAllBytes(), StandardCharsets.ISO_8859_1);
            SEEN.add(new Seen(
                    request.startLine(), request.fields(), body, request.body().trailers()));
            Message saying = answer;
            if (saying == null) {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                saying.send(saying.encode(saying.start, List.of()), out);
            }
        });
    }

    @AfterContainer
    static void stop() throws Exception {
        tunnel().close();
    }

    private static LiveTunnel tunnel() {
        return Objects.requireNonNull(tunnel);
    }

    // T-W3, B-D4
    @Property(tries = 300)
    void anyRequestArrivesAsItWasSent(@ForAll("requests") Message request) throws Exception {
        answer = null;
        SEEN.clear();
        try (RawVisitor visitor = tunnel().visitor()) {
            String line = request.start + " " + request.target + " HTTP/1.1";
            request.send(request.encode(line, List.of("Host: app.localhost")), visitor.socket.getOutputStream());
            RawVisitor.Reply reply = visitor.read(request.start.equals("HEAD"));
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            Seen seen = Objects.requireNonNull(SEEN.poll(20, TimeUnit.SECONDS), "no request came");
            assertThat(seen.startLine).isEqualTo(line);
            assertThat(appsView(seen.fields)).isEqualTo(plain(request.fields));
            assertThat(seen.body).isEqualTo(request.body.bytes());
            assertThat(plain(seen.trailers)).isEqualTo(plain(request.body.trailers));
            assertThat(SEEN).as("sent once").isEmpty();
        }
    }

    // T-W3, B-D4
    @Property(tries = 300)
    void anyAnswerArrivesAsItWasSent(@ForAll("answers") Message said) throws Exception {
        answer = said;
        try (RawVisitor visitor = tunnel().visitor()) {
            RawVisitor.Reply reply = visitor.get("app.localhost", "/");
            assertThat(reply.complete()).isTrue();
            assertThat(reply.status()).isEqualTo(Integer.parseInt(said.start.substring(9, 12)));
            assertThat(visitorsView(reply.fields())).isEqualTo(plain(said.fields));
            assertThat(new String(reply.body(), StandardCharsets.ISO_8859_1)).isEqualTo(said.body.bytes());
            assertThat(plain(reply.trailers())).isEqualTo(plain(said.body.trailers));
            // The connection is as good as before.
            assertThat(visitor.get("nobody.localhost", "/").status()).isEqualTo(404);
        }
    }

    // ---- What is compared.

    /** The fields without those that are the edge's, or frame the body. */
    private static List<String> appsView(List<String> fields) {
        return plain(fields).stream()
                .filter(field -> !field.startsWith("host:")
                        && !field.startsWith("x-forwarded-")
                        && !field.startsWith("content-length:")
                        && !field.startsWith("transfer-encoding:"))
                .toList();
    }

    private static List<String> visitorsView(List<String> fields) {
        return plain(fields).stream()
                .filter(field -> !field.startsWith("content-length:")
                        && !field.startsWith("transfer-encoding:")
                        && !field.startsWith("connection:"))
                .toList();
    }

    /** Names are without case, white space around a value is none of it (RFC 9110, sections 5.1 and 5.5). */
    private static List<String> plain(List<String> fields) {
        return fields.stream()
                .map(field -> {
                    int colon = field.indexOf(':');
                    return field.substring(0, colon).toLowerCase(Locale.ROOT) + ":" + trim(field.substring(colon + 1));
                })
                .toList();
    }

    private static String trim(String value) {
        return value.replaceAll("^[ \t]+|[ \t]+$", "");
    }

    // ---- What is sent.

    @Provide
    Arbitrary<Message> requests() {
        Arbitrary<String> methods = Arbitraries.oneOf(
                Arbitraries.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "QUERY"),
                tokens(12).filter(method -> !List.of("TRACE", "CONNECT").contains(method)));
        Arbitrary<String> targets = visible(300).map(rest -> "/" + rest);
        return Combinators.combine(methods, targets, fields(), bodies(), cuts()).as(Message::new);
    }

    @Provide
    Arbitrary<Message> answers() {
        Arbitrary<Integer> codes = Arbitraries.of(
                200, 201, 202, 203, 206, 226, 299, 300, 302, 400, 401, 404, 409, 418, 429, 451, 499, 500, 501, 503,
                599);
        Arbitrary<String> reasons = text(20);
        Arbitrary<String> starts =
                Combinators.combine(codes, reasons).as((code, reason) -> "HTTP/1.1 " + code + " " + trim(reason));
        Arbitrary<Body> bodies = bodies().map(body -> body.none() ? new Body("", List.of(), List.of()) : body);
        return Combinators.combine(starts, fields(), bodies, cuts())
                .as((start, fields, body, cuts) -> new Message(start, "", fields, body, cuts));
    }

    private static Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(1, 2000).list().ofMaxSize(6);
    }

    private static Arbitrary<Body> bodies() {
        net.jqwik.api.arbitraries.StringArbitrary octets = Arbitraries.strings().withCharRange('\0', '\u00ff');
        Arbitrary<Body> whole = octets.ofMaxLength(5000).map(bytes -> new Body(bytes, List.of(), List.of()));
        Arbitrary<Body> chunked = Combinators.combine(
                        octets.ofMinLength(1)
                                .ofMaxLength(1500)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(5),
                        trailers())
                .as((chunks, trailers) -> new Body(null, chunks, trailers));
        return Arbitraries.oneOf(Arbitraries.just(new Body(null, List.of(), List.of())), whole, chunked);
    }

    private static Arbitrary<List<String>> trailers() {
        return Combinators.combine(names(), values())
                .as((name, value) -> name + ": " + value)
                .list()
                .ofMaxSize(3);
    }

    /** Few names and many fields, so that names repeat. */
    private static Arbitrary<List<String>> fields() {
        Arbitrary<String> often = Arbitraries.of(
                "Accept", "ETag", "X-Twice", "x-twice", "Via", "Warning", "If-None-Match", "Set-Cookie2", "Link");
        return Combinators.combine(Arbitraries.oneOf(often, names()), Arbitraries.of("", " ", "\t", "  "), values())
                .as((name, space, value) -> name + ":" + space + value)
                .list()
                .ofMaxSize(12);
    }

    private static Arbitrary<String> names() {
        return tokens(20).filter(name -> {
            String lower = name.toLowerCase(Locale.ROOT);
            return !NOT_THE_VISITORS.contains(lower)
                    && !lower.startsWith("x-forwarded-")
                    && !lower.startsWith("porthole-");
        });
    }

    private static Arbitrary<String> values() {
        return text(60).map(ByteEqualityTest::trim);
    }

    private static Arbitrary<String> tokens(int most) {
        return Arbitraries.strings().withChars(TOKEN).ofMinLength(1).ofMaxLength(most);
    }

    /** field-value: visible octets, those above ASCII too, and white space (RFC 9110, section 5.5). */
    private static Arbitrary<String> text(int most) {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u0080', '\u00ff')
                .withChars('\t')
                .ofMaxLength(most);
    }

    private static Arbitrary<String> visible(int most) {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .withCharRange('\u0080', '\u00ff')
                .ofMaxLength(most);
    }
}
