package dev.porthole.server;

import dev.porthole.server.store.PostgresServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on PostgreSQL, which crashes first in each round. */
@Tag("tools")
class PostgresAcknowledgedWritesTest extends AcknowledgedWritesTest {
    @SuppressWarnings("NullAway.Init")
    private static PostgresServer postgres;

    @SuppressWarnings("NullAway.Init")
    private static String url;

    @BeforeAll
    static void startDatabase() {
        postgres = PostgresServer.start(true);
        url = postgres.database();
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
    }

    @Override
    Map<String, String> environment() {
        return Map.of("PORTHOLE_DATABASE_URL", url);
    }

    @Override
    void kill(ServerProcess server) throws IOException {
        postgres.kill();
        super.kill(server);
        postgres.up();
    }
}
