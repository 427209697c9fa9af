package dev.porthole.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.ConnectorConnection.Snippet;
import dev.porthole.server.admin.AdminClient;
import dev.porthole.server.config.ServerSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An external connector's credential on the whole server: real edge, real identity provider, real store. */
class RotationTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final int TOGETHER = 8;

    @TempDir
    Path data;

    private PortholeServer server;
    private PublicPort port;
    private String key;
    private String connectors;

    @BeforeEach
    void start() throws Exception {
        server = PortholeServer.start(
                new ServerSettings(data, "127.0.0.1", 0, null, "localhost", ServerSettings.LogLevel.warn),
                false,
                new StandardComposition(
                        Map.of("PORTHOLE_ADMIN_USER", "ada", "PORTHOLE_ADMIN_PASSWORD", "quiet harbour kite 7")),
                LeaseCount.unlimited());
        port = new PublicPort(server.address().getPort());
        try (AdminClient admin = AdminClient.connect(data)) {
            key = PlantedSecrets.plant(admin.token("ada", null));
        }
        connectors = "/projects/" + port.project(key) + "/connectors";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ConnectorConnection read(PublicPort.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
        ConnectorConnection connection = ApiJson.LENIENT.readValue(answer.body(), ConnectorConnection.class);
        PlantedSecrets.plant(connection.credential());
        return connection;
    }

    private ConnectorConnection made() throws IOException {
        return read(port.api("POST", connectors, key, "{\"name\":\"Build machine\"}"));
    }

    private ConnectorConnection rotated(ConnectorConnection connection) throws IOException {
        return read(port.api("POST", path(connection) + "/rotate", key, null));
    }

    private String path(ConnectorConnection connection) {
        return connectors + "/" + connection.connector().id();
    }

    private int stateAs(String credential) throws IOException {
        return port.bearer("GET", "/connector", credential, null).status();
    }

    private Socket session(String credential) throws IOException {
        PublicPort.Answer token = port.bearer("POST", "/connect-tokens", credential, "{}");
        assertThat(token.status()).as(token.body()).isEqualTo(201);
        return port.session(PlantedSecrets.plant(token.json().path("token").asString()));
    }

    @Test // B-C3, T-I8
    void rotatingEndsTheSessionsOfTheOldCredentialWithinASecond() throws Exception {
        ConnectorConnection connection = made();
        ConnectorConnection other = made();
        try (Socket session = session(connection.credential());
                Socket another = session(other.credential())) {
            long began = System.nanoTime();
            ConnectorConnection fresh = rotated(connection);
            session.setSoTimeout((int) AT_ONCE.toMillis());
            session.getInputStream().readAllBytes();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);

            assertThat(stateAs(connection.credential())).isEqualTo(401);
            assertThat(stateAs(fresh.credential())).isEqualTo(200);
            session(fresh.credential()).close();
            assertGoesOn(another);
            assertThat(stateAs(other.credential())).isEqualTo(200);
        }
    }

    @Test // B-C2
    void showingLeavesTheLiveSessionAlone() throws Exception {
        ConnectorConnection connection = made();
        try (Socket session = session(connection.credential())) {
            ConnectorConnection shown = read(port.api("GET", path(connection) + "/connection", key, null));
            assertThat(shown.credential()).isEmpty();
            assertThat(shown.prefix()).isEqualTo(connection.prefix());
            assertThat(shown.lastUsedAt()).isNotNull();
            assertGoesOn(session);
            assertThat(stateAs(connection.credential())).isEqualTo(200);
        }
    }

    @Test // B-C3
    void ofParallelRotatesOneCredentialIsLeft() throws Exception {
        ConnectorConnection connection = made();
        CountDownLatch all = new CountDownLatch(TOGETHER);
        List<String> credentials = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(TOGETHER)) {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                running.add(threads.submit(() -> {
                    all.countDown();
                    all.await();
                    return rotated(connection).credential();
                }));
            }
            for (Future<String> one : running) {
                credentials.add(one.get());
            }
        }
        List<Integer> answers = new ArrayList<>();
        for (String credential : credentials) {
            answers.add(stateAs(credential));
        }
        assertThat(credentials).doesNotHaveDuplicates();
        assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(answers.stream().filter(status -> status == 401)).hasSize(TOGETHER - 1);
    }

    @Test // B-C3
    void aFailureInBetweenIsAnErrorAndTheOldCredentialGoesOn() throws Exception {
        ConnectorConnection connection = made();
        try (Socket session = session(connection.credential())) {
            sql("CREATE TRIGGER fault BEFORE INSERT ON connector_credentials"
                    + " BEGIN SELECT RAISE(ABORT, 'the disk is on fire'); END");
            PublicPort.Answer failed = port.api("POST", path(connection) + "/rotate", key, null);
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.body()).doesNotContain("fire").doesNotContain("phc_");
            assertGoesOn(session);
            assertThat(stateAs(connection.credential())).isEqualTo(200);
            sql("DROP TRIGGER fault");
        }
    }

    @Test // B-C4, B-C6
    void everyBadCredentialIsRefusedAlike() throws Exception {
        ConnectorConnection connection = made();
        ConnectorConnection gone = made();
        String old = connection.credential();
        String fresh = rotated(connection).credential();
        assertThat(port.api("DELETE", path(gone), key, null).status()).isEqualTo(204);
        List<String> refusals = new ArrayList<>();
        for (String bad : List.of(old, gone.credential(), fresh + "x", "phc_", "phc_none", "nonsense")) {
            PublicPort.Answer answer = port.bearer("GET", "/connector", bad, null);
            refusals.add(answer.head()
                            .lines()
                            .filter(line -> !line.startsWith("date"))
                            .filter(line -> line.matches("(?i)(HTTP|www-authenticate|content).*"))
                            .toList()
                    + answer.body());
        }
        assertThat(refusals.stream().distinct()).hasSize(1);
        assertThat(refusals.getFirst()).contains("401").contains("invalid_token");
    }

    @Test // B-C4
    void anEmptyIdIsAMistakeAndNoUnknownOne() throws Exception {
        assertThat(port.api("POST", connectors + "//rotate", key, null).status())
                .isEqualTo(400);
        assertThat(port.api("GET", connectors + "//connection", key, null).status())
                .isEqualTo(400);
        assertThat(port.api("POST", connectors + "/con_none/rotate", key, null).status())
                .isEqualTo(404);
    }

    @Test // B-C1
    @Tag("tools")
    void curlSnippetGetsAnAnswerAsItIs() throws Exception {
        ConnectorConnection connection = made();
        String snippet = connection.snippets().stream()
                .filter(one -> one.kind().equals("curl"))
                .map(Snippet::text)
                .findFirst()
                .orElseThrow();
        Path script = Files.writeString(data.resolve("call.sh"), snippet);
        Process curl = new ProcessBuilder("bash", script.toString()).start();
        String answer = new String(curl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String errors = new String(curl.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as(errors).isZero();
        assertThat(ApiJson.LENIENT.readTree(answer).at("/connector/id").asString())
                .isEqualTo(connection.connector().id());
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("server.db"));
                Statement running = connection.createStatement()) {
            running.execute(statement);
        }
    }

    /** Longer than an ended session takes to end. */
    private static void assertGoesOn(Socket session) throws IOException {
        session.setSoTimeout(300);
        try {
            int last = session.getInputStream().read();
            while (last >= 0) {
                last = session.getInputStream().read();
            }
            throw new AssertionError("the session has ended");
        } catch (SocketTimeoutException alive) {
            assertThat(alive).isNotNull();
        }
    }
}
