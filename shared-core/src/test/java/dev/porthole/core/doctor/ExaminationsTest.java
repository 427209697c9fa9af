package dev.porthole.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.porthole.core.Link;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.config.PortholeHome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExaminationsTest {
    private static final String DISCOVERY =
            "{\"product\":\"porthole\",\"version\":\"0.1.0\",\"issuer\":\"x\",\"api\":\"y\",\"capabilities\":[]}";
    /** The JDK's own server says its time itself. */
    private final Instant now = Instant.now();

    @TempDir
    Path folder;

    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = DISCOVERY;
    private volatile String error = "";

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            if (!error.isEmpty()) {
                exchange.getResponseHeaders().set("Porthole-Error", error);
            }
            exchange.getResponseHeaders()
                    .set("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void serverThatAnswersIsNamedWithItsVersion() throws Exception {
        Answer answer = new ServerExamination(InstantSource.fixed(now)).look(chart());

        assertThat(answer.reason()).isEqualTo(Reason.SERVER_ANSWERS);
        assertThat(answer.values()).contains("0.1.0");
    }

    @ParameterizedTest
    @CsvSource({"404, '<h1>Not found</h1>'", "200, '<h1>It works!</h1>'", "301, ''"})
    void whatAnswersAndIsNoPortholeServerIsSaidToBeAnother(int given, String page) throws Exception {
        status = given;
        body = page;

        assertThat(new ServerExamination(InstantSource.fixed(now)).look(chart()).reason())
                .isEqualTo(Reason.SERVER_IS_ANOTHER);
    }

    @Test
    void serverThatIsDownIsSilent() throws Exception {
        Chart chart = chart();
        server.stop(0);

        Answer answer = new ServerExamination(InstantSource.fixed(now)).look(chart);

        assertThat(answer.reason()).isEqualTo(Reason.SERVER_SILENT);
    }

    @ParameterizedTest
    @CsvSource({"0, CLOCK_RIGHT, 0", "-59, CLOCK_RIGHT, 59", "4210, CLOCK_FAST, 4210", "-4210, CLOCK_SLOW, 4210"})
    void clockIsComparedWithTheServers(long ahead, Reason reason, long seconds) throws Exception {
        Chart chart = chart();
        Answer _ = new ServerExamination(
                        InstantSource.fixed(now.plusSeconds(ahead).truncatedTo(java.time.temporal.ChronoUnit.SECONDS)))
                .look(chart);

        assertThat(new ClockExamination().look(chart)).isEqualTo(Answer.of(reason, seconds));
    }

    @Test
    void connectionThatIsUpIsNotTriedAgain() throws Exception {
        Patient connected = new Patient(address(), List.of(), new Link.Connected(2, null), true);

        assertThat(new SessionExamination("0.1.0").look(new Chart(connected)))
                .isEqualTo(Answer.of(Reason.SESSION_UP, 2));
    }

    @Test
    void secretGoesInAndComesOut() {
        Answer answer = new KeychainExamination(PortholeHome.in(folder)).look(chart());

        assertThat(answer.reason().verdict()).isEqualTo(Verdict.PASS);
        assertThat(folder.resolve("secrets.json"))
                .satisfiesAnyOf(
                        file -> assertThat(file).doesNotExist(),
                        file -> assertThat(Files.readString(file)).doesNotContain("doctor"));
    }

    @Test
    void storeThatCannotBeWrittenIsSaid() throws Exception {
        // A folder stands where the file should be.
        Files.createDirectories(folder.resolve("secrets.json/in-the-way"));

        assertThat(new KeychainExamination(PortholeHome.in(folder))
                        .look(chart())
                        .reason())
                .isEqualTo(Reason.KEYCHAIN_BROKEN);
    }

    @Test
    void endpointThatAcceptsIsOpenAndOneThatDoesNotIsNamed() throws Exception {
        try (ServerSocket app = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String open = "localhost:" + app.getLocalPort();
            assertThat(new EndpointExamination().look(chart(tunnel(open, ""))))
                    .isEqualTo(Answer.of(Reason.ENDPOINT_OPEN, open));

            String gone = "file://" + folder.resolve("gone");
            assertThat(new EndpointExamination()
                            .look(chart(tunnel(open, ""), tunnel(gone, "")))
                            .reason())
                    .isEqualTo(Reason.ENDPOINT_CLOSED);
        }
        assertThat(new EndpointExamination().look(chart()).reason()).isEqualTo(Reason.ENDPOINT_NONE);
    }

    @Test
    void whateverTheAppAnswersIsFineAndTheServersOwnPageIsNot() throws Exception {
        String url = address().toString();
        status = 500;
        assertThat(new EndToEndExamination().look(chart(tunnel("3000", url))).reason())
                .isEqualTo(Reason.END_TO_END_ANSWERS);

        error = "endpoint_refused";
        status = 502;
        assertThat(new EndToEndExamination().look(chart(tunnel("3000", url))).values())
                .contains("502 endpoint_refused");

        server.stop(0);
        assertThat(new EndToEndExamination().look(chart(tunnel("3000", url))).reason())
                .isEqualTo(Reason.END_TO_END_SILENT);
        assertThat(new EndToEndExamination()
                        .look(chart(tunnel("tcp 5432", "tcp://x:1")))
                        .reason())
                .isEqualTo(Reason.END_TO_END_NONE);
    }

    @Test
    void nameThatNobodyHasIsSaid() throws Exception {
        Patient lost = new Patient(ServerAddress.parse("no-such-name.invalid"), List.of(), new Link.Idle(), true);

        assertThat(new NameExamination().look(new Chart(lost)))
                .isEqualTo(Answer.of(Reason.NAME_UNKNOWN, "no-such-name.invalid"));
        assertThat(new NameExamination().look(chart()).reason()).isEqualTo(Reason.NAME_NOT_NEEDED);
    }

    private ServerAddress address() {
        return ServerAddress.parse("http://localhost:" + server.getAddress().getPort());
    }

    private Chart chart(TunnelState... carried) {
        return new Chart(new Patient(address(), List.of(carried), new Link.Idle(), true));
    }

    private TunnelState tunnel(String endpoint, String url) {
        Tunnel tunnel = new Tunnel(
                "tun_1",
                "prj_1",
                "docs",
                "docs",
                Endpoint.parse(endpoint),
                HostHeader.visitor(),
                url,
                true,
                "con_1",
                List.of(),
                1,
                now,
                null,
                null);
        return new TunnelState(tunnel, true, TunnelState.Phase.READY, "");
    }
}
