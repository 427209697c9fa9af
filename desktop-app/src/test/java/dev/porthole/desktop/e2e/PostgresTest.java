package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Tunnel;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database and its own client, which know nothing of the tunnel between them. */
@Tag("tools")
class PostgresTest {
    // B-E12
    @Test
    void psqlWorksThroughATcpTunnel(@TempDir Path folder) throws Exception {
        try (World world = World.startOwn();
                PostgresServer database = PostgresServer.start(folder)) {
            Tunnel tunnel = world.porthole()
                    .share(ShareRequest.of(Endpoint.parse("tcp " + database.port())), _ -> {})
                    .tunnel();
            URI address = URI.create(tunnel.url());
            assertThat(address.getPort()).isNotEqualTo(database.port());
            assertThat(psql(address, "create table boats (id int primary key, name text)"))
                    .isEmpty();
            String rows = IntStream.range(0, 2_000)
                    .mapToObj(i -> "(" + i + ", repeat('x', 1000))")
                    .collect(Collectors.joining(","));
            assertThat(psql(address, "insert into boats values " + rows)).isEmpty();
            assertThat(psql(address, "select count(*), sum(length(name)) from boats"))
                    .isEqualTo("2000|2000000");
            assertThat(psql(address, "select repeat(chr(97 + g % 26), 100) from generate_series(1, 200000) g"))
                    .hasSize(200_000 * 101 - 1);
        }
    }

    /** What psql prints, the statement from its standard input so that it may be long. */
    private static String psql(URI address, String statement) throws Exception {
        Process psql = new ProcessBuilder(List.of(
                        "psql",
                        "--no-psqlrc",
                        "--quiet",
                        "--tuples-only",
                        "--no-align",
                        "--set=ON_ERROR_STOP=1",
                        "--host=" + address.getHost(),
                        "--port=" + address.getPort(),
                        "--username=porthole",
                        "--dbname=postgres"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = psql.outputWriter()) {
            in.write(statement + ";\n");
        }
        String printed = new String(psql.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(psql.waitFor()).isZero();
        return printed.strip();
    }
}
