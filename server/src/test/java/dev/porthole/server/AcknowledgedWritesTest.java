package dev.porthole.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.admin.AdminClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgedWritesTest {
    private static final int KILLS = 3;
    private static final int WRITERS = 3;
    private static final int ACKNOWLEDGED_BEFORE_A_KILL = 25;

    @TempDir
    Path data;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    /** Where the data is; the folder, if that says nothing. */
    Map<String, String> environment() {
        return Map.of();
    }

    /** What is killed in a round: the server, with SIGKILL. */
    void kill(ServerProcess server) throws IOException {
        server.kill();
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(data, environment(), "--port", "0");
    }

    @Test
    void killedServerHasLostNothingThatItAcknowledged() throws Exception { // T-R1
        String key = "";
        for (int round = 0; round < KILLS; round++) {
            try (ServerProcess server = start()) {
                if (round == 0) {
                    try (AdminClient admin = AdminClient.connect(data)) {
                        key = admin.token(ServerProcess.USER, null);
                    }
                }
                writeUntilKilled(server, key, round);
            }
        }
        try (ServerProcess server = start()) {
            String tunnels = "/projects/" + server.port().project(key) + "/tunnels/";
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * ACKNOWLEDGED_BEFORE_A_KILL);
            for (String tunnel : acknowledged) {
                assertThat(server.port().api("GET", tunnels + tunnel, key, null).status())
                        .as(tunnel)
                        .isEqualTo(200);
            }
        }
    }

    private void writeUntilKilled(ServerProcess server, String key, int round) throws Exception {
        CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_A_KILL);
        String project = server.port().project(key);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String host = "host-" + round + "-" + writer;
            writers.add(Thread.startVirtualThread(() -> write(server.port(), key, project, host, enough)));
        }
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        kill(server);
        server.kill();
        for (Thread writer : writers) {
            writer.join();
        }
    }

    /** Until the server or its database is gone. */
    private void write(PublicPort server, String key, String project, String host, CountDownLatch enough) {
        try {
            for (int port = 1; port < 65536; port++) {
                PublicPort.Answer answer = server.api(
                        "POST",
                        "/projects/" + project + "/tunnels",
                        key,
                        "{\"endpoint\":\"http://" + host + ":" + port + "\"}");
                if (answer.status() == 503) {
                    return;
                }
                if (answer.status() == 201) {
                    acknowledged.add(answer.json().path("id").asString());
                    enough.countDown();
                }
            }
        } catch (IOException | RuntimeException killed) {
            // An answer that did not arrive whole acknowledges nothing.
            return;
        }
    }
}
