package dev.porthole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.server.admin.AdminClient;
import dev.porthole.server.config.ServerSettings;
import dev.porthole.server.store.DatabaseUrl;
import dev.porthole.server.store.PostgresServer;
import dev.porthole.server.store.StoreException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole server on PostgreSQL, with what only that can do: go away. */
@Tag("tools")
class PostgresComposedServerTest extends ComposedServerTest {
    @SuppressWarnings("NullAway.Init")
    private static PostgresServer postgres;

    private final DatabaseUrl url = DatabaseUrl.parse(postgres.database());

    @BeforeAll
    static void startDatabase() {
        postgres = PostgresServer.start(false);
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
    }

    @Override
    ServerSettings settings() {
        return super.settings().with(url);
    }

    @Test
    void tunnelsAreMadeOnceAndTheirEventsFollowed() throws Exception { // B-D2, B-D12
        String access = signIn().path("access_token").asString();
        String project = port().bearer("GET", "/projects", access, null)
                .json()
                .at("/items/0/id")
                .asString();
        try (Socket events = new Socket(InetAddress.getLoopbackAddress(), port().port())) {
            events.setSoTimeout(20_000);
            events.getOutputStream()
                    .write(("GET /api/v1/projects/" + project + "/events HTTP/1.1\r\nHost: localhost:" + port().port()
                                    + "\r\nAuthorization: Bearer " + access + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(events.getInputStream(), StandardCharsets.UTF_8));
            until(lines, ": ready");
            String body = "{\"endpoint\":\"http://localhost:3000\"}";
            String tunnels = "/projects/" + project + "/tunnels";
            PublicPort.Answer made = port().bearer("POST", tunnels, access, body);
            assertThat(made.status()).isEqualTo(201);
            PublicPort.Answer again = port().bearer("POST", tunnels, access, body);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.json().path("id")).isEqualTo(made.json().path("id"));
            until(lines, "event: tunnel.created");
        }
        assertThat(data.resolve("server.db")).doesNotExist();
    }

    private static void until(BufferedReader lines, String wanted) throws Exception {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(wanted)) {
                return;
            }
        }
        throw new AssertionError("the stream ended before: " + wanted);
    }

    @Test
    void databaseThatGoesAwayIsAClearProblemUntilItIsBack() throws Exception { // T-R1
        String access = signIn().path("access_token").asString();
        assertThat(port().bearer("GET", "/me", access, null).status()).isEqualTo(200);
        postgres.kill();
        try {
            PublicPort.Answer away = patient("GET", "/me", access);
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.head()).containsIgnoringCase("retry-after: 5");
            assertThat(away.json().path("type").asString()).isEqualTo("/problems/database-away");
        } finally {
            postgres.up();
        }
        assertThat(patient("GET", "/me", access).status()).isEqualTo(200);
        assertThat(patient("POST", "/projects", access).status()).isEqualTo(400);
    }

    /** A call that may take as long as the server waits for its database. */
    private PublicPort.Answer patient(String method, String path, String access) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port().port())) {
            socket.setSoTimeout(40_000);
            socket.getOutputStream()
                    .write((method + " /api/v1" + path + " HTTP/1.1\r\nHost: localhost:" + port().port()
                                    + "\r\nConnection: close\r\nContent-Length: 0\r\nAuthorization: Bearer " + access
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new PublicPort.Answer(
                    Integer.parseInt(answer.substring(9, 12)), answer.substring(0, end), answer.substring(end + 4));
        }
    }

    @Test
    void backupHoldsTheKeyAndSaysThatTheDatabaseIsItsOperators() throws Exception { // T-R1
        Path file = data.resolve("backup.zip");
        try (AdminClient admin = AdminClient.connect(data)) {
            assertThat(admin.backup(file)).isFalse();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("porthole-backup", "secret.key");
        }
    }

    @Test
    void startWithoutItsDatabaseIsOneLine() { // T-R7
        stop();
        DatabaseUrl closed = DatabaseUrl.parse("postgresql://porthole:planted@127.0.0.1:1/none");
        assertThatThrownBy(() -> PortholeServer.start(
                        settings().with(closed),
                        false,
                        new StandardComposition(java.util.Map.of()),
                        LeaseCount.unlimited()))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("postgresql://127.0.0.1:1/none: can't be reached: ")
                .hasMessageNotContaining("planted");
    }
}
