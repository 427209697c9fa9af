package dev.porthole.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.admin.AdminClient;
import dev.porthole.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk is full: a file system in memory, of a few megabytes. Needs root, to mount it. */
@Tag("tools")
class StorageFullTest {
    private static final int MOST = 20_000;

    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Takes all that is free, and leaves nothing. */
    private void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < MOST; i++) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    @Test
    void fullDiskIsAClearErrorAndWhatIsThereCanBeReadAndWrittenAgainLater() throws Exception { // T-R1
        Path data = disk.resolve("data");
        Path filler = disk.resolve("filler");
        try (ServerProcess server = ServerProcess.start(data, "--port", "0")) {
            String key;
            try (AdminClient admin = AdminClient.connect(data)) {
                key = admin.token(ServerProcess.USER, null);
            }
            String tunnels = "/projects/" + server.port().project(key) + "/tunnels";
            PublicPort.Answer first = server.port().api("POST", tunnels, key, endpoint(1));
            assertThat(first.status()).isEqualTo(201);
            fill(filler);
            PublicPort.Answer refused = first;
            int port = 2;
            while (refused.status() == 201) {
                refused = server.port().api("POST", tunnels, key, endpoint(port++));
            }
            assertThat(refused.status()).isEqualTo(507);
            assertThat(refused.json().path("type").asString()).isEqualTo("/problems/storage-full");
            String id = first.json().path("id").asString();
            assertThat(server.port().api("GET", tunnels + "/" + id, key, null).status())
                    .isEqualTo(200);
            assertThat(server.port().api("POST", tunnels, key, endpoint(port)).status())
                    .as("it is not corrupt, and goes on saying so")
                    .isEqualTo(507);
            Files.delete(filler);
            assertThat(server.port().api("POST", tunnels, key, endpoint(port)).status())
                    .isEqualTo(201);
        }
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve(Store.FILE));
                Statement statement = database.createStatement();
                ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(check.getString(1)).isEqualTo("ok");
        }
    }

    private static String endpoint(int port) {
        return "{\"endpoint\":\"http://localhost:" + port + "\"}";
    }
}
