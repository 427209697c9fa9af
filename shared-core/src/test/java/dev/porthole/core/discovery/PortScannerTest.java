package dev.porthole.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortScannerTest {
    @TempDir
    Path folder;

    @Test
    void procTableNamesListenersByInode() {
        String table = """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 48210 1 0000000000000000 100 0 0 10 0
                   1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 19011 1 0000000000000000 100 0 0 10 0
                   2: 0100007F:0BB8 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 51002 1 0000000000000000 20 4 30 10 -1
                """;

        assertThat(ProcPortScanner.listening(table)).isEqualTo(Map.of("48210", 3000, "19011", 22));
    }

    @Test
    void lsofGivesProcessesAndTheirSockets() {
        String output = """
                p412
                crapportd
                f8
                n*:49152
                f9
                n*:49152
                p9077
                cnode
                f21
                n127.0.0.1:5173
                f22
                n[::1]:5173
                """;

        assertThat(LsofPortScanner.sockets(output))
                .containsExactly(
                        new LsofPortScanner.Socket(412, "rapportd", 49152),
                        new LsofPortScanner.Socket(9077, "node", 5173));
        assertThat(LsofPortScanner.folders("p9077\nfcwd\nn/Users/ada/web-shop\n"))
                .isEqualTo(Map.of(9077L, Path.of("/Users/ada/web-shop")));
    }

    @Test
    void netstatIsReadInAnyLanguage() {
        String output = """

                Aktive Verbindungen

                  Proto  Lokale Adresse         Remoteadresse          Status           PID
                  TCP    0.0.0.0:135            0.0.0.0:0              ABH\u00d6REN         1204
                  TCP    127.0.0.1:3000         0.0.0.0:0              ABH\u00d6REN         9312
                  TCP    127.0.0.1:3000         127.0.0.1:51022        HERGESTELLT      9312
                  TCP    [::1]:5173             [::]:0                 ABH\u00d6REN         7720
                """;

        assertThat(NetstatPortScanner.listening(output)).isEqualTo(Map.of(135, 1204L, 3000, 9312L, 5173, 7720L));
        assertThat(
                        NetstatPortScanner.names(
                                "\"node.exe\",\"9312\",\"Console\",\"1\",\"48.212 K\"\r\n\"System\",\"4\",\"Services\",\"0\",\"140 K\"\r\n"))
                .isEqualTo(Map.of(9312L, "node", 4L, "System"));
    }

    @Test
    void programsAreLookedThroughOnlyWhenASocketCameOrWent() throws Exception {
        Path program = folder.resolve("4711");
        Files.createDirectories(program.resolve("fd"));
        Files.createSymbolicLink(program.resolve("fd/3"), Path.of("socket:[48210]"));
        Files.createDirectories(folder.resolve("net"));
        Path table = folder.resolve("net/tcp");
        String first = "head\n 0: 0100007F:0BB8 00000000:0000 0A 0:0 0:0 0 1000 0 48210 1\n";
        Files.writeString(table, first);
        Files.writeString(program.resolve("comm"), "node");
        ProcPortScanner scanner = new ProcPortScanner(folder);
        assertThat(scanner.look())
                .singleElement()
                .satisfies(port -> assertThat(port.process()).isEqualTo("node"));

        Files.writeString(program.resolve("comm"), "renamed");
        assertThat(scanner.look())
                .singleElement()
                .satisfies(port -> assertThat(port.process()).isEqualTo("node"));

        Files.writeString(table, first + " 1: 0100007F:0BB9 00000000:0000 0A 0:0 0:0 0 1000 0 48211 1\n");
        assertThat(scanner.look())
                .extracting(ListeningPort::port, ListeningPort::process)
                .containsExactly(tuple(3000, "renamed"), tuple(3001, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "Vite, PAGES",
        "Spring Boot, APPLICATION",
        "nginx, WEB_SERVER",
        "PostgreSQL 17, DATABASE",
        "Redis, CACHE_OR_QUEUE",
        "Jupyter, NOTEBOOK",
        "Something else, UNKNOWN"
    })
    void guessHasAKind(String guess, ProgramKind kind) {
        assertThat(ProgramGuess.kindOf(guess)).isEqualTo(kind);
    }

    @Test
    void thisSystemSeesAPortThatWeOpen() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortScanner.ofThisSystem().scan())
                    .filteredOn(port -> port.port() == socket.getLocalPort())
                    .singleElement()
                    .satisfies(port -> {
                        assertThat(port.pid()).isEqualTo(ProcessHandle.current().pid());
                        assertThat(port.system()).isTrue();
                        assertThat(port.startedAt()).isNotNull();
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "node, node /home/ada/web-shop/node_modules/.bin/vite --port 5173, 5173, Vite",
        "node, node node_modules/next/dist/bin/next dev, 3000, Next.js",
        "next-server (v1, next-server (v15.1.0), 3000, Next.js",
        "node, node node_modules/.bin/ng serve, 4200, Angular",
        "node, node node_modules/.bin/webpack serve, 8080, webpack",
        "java, java -jar target/app.jar org.springframework.boot.loader, 8080, Spring Boot",
        "python3, python3 manage.py runserver, 8000, Django",
        "python3, python3 -m http.server 3000, 3000, Python file server",
        "python3, /usr/bin/python3 /usr/bin/uvicorn main:app, 8000, Uvicorn",
        "python3, python3 -m flask run, 5000, Flask",
        "ruby, bin/rails server, 3000, Rails",
        "jupyter-lab, python3 /usr/bin/jupyter-lab, 8888, Jupyter",
        "postgres, /usr/lib/postgresql/15/bin/postgres -D /var/lib, 5432, PostgreSQL",
        "mysqld, /usr/sbin/mysqld, 3306, MySQL",
        "redis-server, redis-server 127.0.0.1:6379, 6379, Redis",
        "nginx, nginx: master process, 80, nginx",
        "node, node server.js, 3000, Node.js",
        "java, java -jar thing.jar, 9000, Java",
        "'', '', 5432, PostgreSQL"
    })
    void programIsGuessedByItsCommandOrPort(String process, String command, int port, String guess) {
        assertThat(ProgramGuess.of(process, command, port)).isEqualTo(guess);
    }

    @Test
    void nothingIsGuessedOfTheUnknown() {
        assertThat(ProgramGuess.of("thing", "./thing --fast", 9999)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "sshd, /usr/sbin/sshd -D, 22, true",
        "systemd-resolve, /lib/systemd/systemd-resolved, 53, true",
        "cupsd, /usr/sbin/cupsd -l, 631, true",
        "java, java -cp lib dev.porthole.server.Main --embedded, 8080, true",
        "'', '', 111, true",
        "'', '', 80, false",
        "node, node server.js, 3000, false"
    })
    void systemsOwnListenersAreNoise(String process, String command, int port, boolean noise) {
        assertThat(SystemNoise.is(process, command, port, 1)).isEqualTo(noise);
    }

    @Test
    void projectIsNamedByItsManifestElseByItsFolder() throws Exception {
        Path shop = Files.createDirectories(folder.resolve("shop"));
        assertThat(ProjectNames.of(shop)).isEqualTo("shop");

        Files.writeString(shop.resolve("pom.xml"), """
                <project><parent><artifactId>parent</artifactId></parent>
                <artifactId>web-shop-api</artifactId></project>
                """);
        assertThat(ProjectNames.of(shop)).isEqualTo("web-shop-api");

        Files.writeString(shop.resolve("package.json"), "{\n  \"name\": \"web-shop\"\n}");
        assertThat(ProjectNames.of(shop)).isEqualTo("web-shop");
        assertThat(ProjectNames.of(Path.of("/"))).isNull();
    }
}
