package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers are those of the real apps, shortened where they go on after what counts. */
class BlockedHostsTest {
    private static final String VITE = answer(
            "403 Forbidden",
            "Content-Type: text/plain",
            "Blocked request. This host (\"quiet-blue-fox.localhost\") is not allowed.\n"
                    + "To allow this host, add \"quiet-blue-fox.localhost\" to `server.allowedHosts` in vite.config.js.");
    private static final String FINE = answer("200 OK", "Content-Type: text/html", "<h1>Hello</h1>");

    private final AgentFixture wire = new AgentFixture();
    private final AtomicReference<String> next = new AtomicReference<>(FINE);

    @AfterEach
    void close() {
        wire.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("Vite", "/", VITE),
                Arguments.of(
                        "Vite's preview",
                        "/",
                        answer(
                                "403 Forbidden",
                                "Content-Type: text/plain",
                                "Blocked request. This host (\"x.example\") is not allowed.\n"
                                        + "To allow this host, add \"x.example\" to `preview.allowedHosts` in vite.config.js.")),
                Arguments.of(
                        "Angular",
                        "/",
                        answer(
                                "403 Forbidden",
                                "Content-Type: text/html",
                                "<body><h1>Blocked request. This host (\"x.example\") is not allowed.</h1>"
                                        + "To allow this host, add it to <code>allowedHosts</code> under the <code>serve</code>"
                                        + " target in <code>angular.json</code>.</body>")),
                Arguments.of(
                        "webpack-dev-server",
                        "/",
                        answer("200 OK", "Content-Type: text/html; charset=utf-8", "Invalid Host header")),
                Arguments.of("webpack-dev-server", "/", answer("403 Forbidden", "X-None: 1", "Invalid Host header")),
                Arguments.of(
                        "Django",
                        "/",
                        answer(
                                "400 Bad Request",
                                "Content-Type: text/html; charset=utf-8",
                                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n  <title>DisallowedHost\n          at /</title>")),
                Arguments.of(
                        "Rails",
                        "/",
                        answer(
                                "403 Forbidden",
                                "Content-Type: text/html; charset=UTF-8",
                                "<style>" + "a { color: red }\n".repeat(500)
                                        + "</style><h1>Blocked hosts: x.example</h1>"
                                        + "<pre>config.hosts &lt;&lt; \"x.example\"</pre>")),
                Arguments.of("Next.js", "/_next/static/a.js", answer("403 Forbidden", "X-None: 1", "Unauthorized")),
                Arguments.of(
                        "ASP.NET",
                        "/",
                        answer(
                                "400 Bad Request",
                                "Content-Type: text/html; charset=us-ascii",
                                "<HTML><HEAD><TITLE>Bad Request</TITLE></HEAD><BODY><h2>Bad Request - Invalid Hostname</h2>")));
    }

    // T-W3: the answer itself passes untouched
    @ParameterizedTest
    @MethodSource("refusals")
    void anAppThatRefusesTheNameIsFoundOut(String app, String path, String answer) throws Exception {
        next.set(answer);
        try (RawApp program = app()) {
            EdgeSession edge = wire.carrying("tun_1", program.port());
            assertThat(edge.get("tun_1", path).text()).isEqualTo(answer.substring(answer.indexOf("\r\n\r\n") + 4));
            BlockedHost found = Objects.requireNonNull(found());
            assertThat(found.app()).isEqualTo(app);
            assertThat(found.advice(HostHeader.visitor()))
                    .contains("--host-header localhost")
                    .contains(found.setting());
            assertThat(found.advice(HostHeader.localhost())).doesNotContain("--host-header");
        }
    }

    static Stream<String> otherAnswers() {
        return Stream.of(
                FINE,
                answer("403 Forbidden", "Content-Type: text/plain", "Unauthorized"),
                answer("403 Forbidden", "Content-Type: text/plain", "You are not allowed."),
                answer("400 Bad Request", "Content-Type: text/html", "<h1>Bad Request (400)</h1>"),
                answer("200 OK", "Content-Type: text/html", "Blocked request. This host is in the news."),
                answer("200 OK", "Content-Type: text/html", "Invalid Host header!!"),
                answer("404 Not Found", "Content-Type: text/plain", "Invalid Host header"),
                VITE.replace("text/plain", "application/json"),
                VITE.replace("text/plain", "text/plain\r\nContent-Encoding: br"),
                answer(
                        "403 Forbidden",
                        "Content-Type: text/html",
                        " ".repeat(BlockedHostSigns.LOOKED_BYTES) + "Blocked request. This host"));
    }

    @ParameterizedTest
    @MethodSource("otherAnswers")
    void otherAnswersAreNone(String answer) throws Exception {
        next.set(answer);
        try (RawApp program = app()) {
            EdgeSession edge = wire.carrying("tun_1", program.port());
            assertThat(edge.get("tun_1", "/").text()).isNotEmpty();
            assertThat(found()).isNull();
        }
    }

    // T-W4: nothing waits for the look
    @Test
    void piecesPassAtOnceAndAreLookedAtTogether() throws Exception {
        try (RawApp slow = new RawApp(connection -> {
            connection.readHead();
            connection.write(
                    "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.write("8\r\nBlocked \r\n");
            connection.read(1);
            connection.write("12\r\nrequest. This host\r\n0\r\n\r\n");
        })) {
            EdgeSession edge = wire.carrying("tun_1", slow.port());
            var exchange = edge.open(EdgeSession.head("POST", "tun_1", "/").set("content-length", "1"), false);
            assertThat(exchange.nextPiece()).isEqualTo("Blocked ");
            assertThat(found()).isNull();
            exchange.send("x", true);
            assertThat(exchange.text()).isEqualTo("Blocked request. This host");
            assertThat(found()).isNotNull();
        }
    }

    @Test
    void aGoodAnswerOrAnotherModeClearsIt() throws Exception {
        try (RawApp program = app()) {
            Endpoint endpoint = Endpoint.parse("localhost:" + program.port());
            EdgeSession edge = wire.carrying("tun_1", program.port());
            next.set(VITE);
            edge.get("tun_1", "/").bytes();
            assertThat(found()).isNotNull();
            next.set(FINE);
            edge.get("tun_1", "/").bytes();
            assertThat(found()).as("the app answers well").isNull();

            next.set(VITE);
            edge.get("tun_1", "/").bytes();
            assertThat(found()).isNotNull();
            wire.agent.carry(new CarriedTunnel("tun_1", endpoint));
            assertThat(found()).as("nothing changed").isNotNull();
            wire.agent.carry(new CarriedTunnel("tun_1", endpoint, HostHeader.localhost(), false));
            assertThat(found()).as("another mode").isNull();
            edge.get("tun_1", "/").bytes();
            assertThat(found()).isNotNull();
            wire.agent.drop("tun_1");
            assertThat(found()).as("carried no more").isNull();
        }
    }

    @Test
    void whatOnlyPartOfAnAppRefusesIsClearedByThatPart() throws Exception {
        try (RawApp program = app()) {
            EdgeSession edge = wire.carrying("tun_1", program.port());
            next.set(answer("403 Forbidden", "X-None: 1", "Unauthorized"));
            edge.get("tun_1", "/_next/a.js").bytes();
            next.set(FINE);
            edge.get("tun_1", "/").bytes();
            assertThat(found()).isNotNull();
            edge.get("tun_1", "/_next/a.js").bytes();
            assertThat(found()).isNull();
        }
    }

    private @Nullable BlockedHost found() {
        return wire.agent.blockedHosts().get().get("tun_1");
    }

    private RawApp app() throws Exception {
        return new RawApp(connection -> {
            while (!connection.readHead().isEmpty()) {
                connection.write(next.get());
            }
        });
    }

    private static String answer(String status, String field, String body) {
        return "HTTP/1.1 " + status + "\r\n" + field + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
