package dev.porthole.core.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.proxy.EndpointCertificate;
import dev.porthole.core.proxy.EndpointTimeout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeclarationTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(DeclarationFile.schema(), InputFormat.JSON);

    @TempDir
    private Path temporary;

    private Path folder;
    private Path file;

    @BeforeEach
    void makeFolders() throws IOException {
        folder = Files.createDirectories(temporary.toRealPath().resolve("code"));
        Files.createDirectories(folder.resolve("site"));
        Files.createDirectories(temporary.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("out"), temporary.resolve("elsewhere"));
        file = folder.resolve(DeclarationFile.NAME);
    }

    private Declaration read(String text) throws DeclarationException {
        return DeclarationReader.read(file, text);
    }

    @Test
    void everythingThatCanBeSaidIsRead() throws DeclarationException {
        Declaration declaration = read("""
                server: tunnels.example.com
                project: prj_web
                tunnels:
                  web:
                    endpoint: 127.0.0.1:3000
                    name: my-shop
                    label: ' Web shop '
                    host-header: localhost
                    expires: 8h
                    timeout: 5m
                    github-app:
                      app-id: 12345
                      private-key-file: secrets/app.pem
                      path: /webhook
                  api:
                    endpoint: https://10.0.0.5:8443
                    certificate: accept
                    visible-in-network: true
                    expires: 2026-12-24T18:00:00+01:00
                  db: {endpoint: tcp://localhost:5432, address: port}
                  docs: {endpoint: ./site}
                """);
        assertThat(declaration.server()).hasToString("https://tunnels.example.com");
        assertThat(declaration.project()).isEqualTo("prj_web");
        assertThat(declaration.tunnels()).extracting(DeclaredTunnel::key).containsExactly("web", "api", "db", "docs");
        DeclaredTunnel web = declaration.tunnel("web").orElseThrow();
        assertThat(web)
                .isEqualTo(new DeclaredTunnel(
                        "web",
                        Endpoint.parse("3000"),
                        "my-shop",
                        "Web shop",
                        HostHeader.localhost(),
                        null,
                        null,
                        new Expiry.After(Duration.ofHours(8)),
                        null,
                        EndpointTimeout.parse("5m"),
                        new DeclaredGitHubApp("12345", folder.resolve("secrets/app.pem"), "/webhook", null)));
        DeclaredTunnel api = declaration.tunnel("api").orElseThrow();
        assertThat(api.certificate()).isEqualTo(EndpointCertificate.parse("accept"));
        assertThat(api.expires()).isEqualTo(new Expiry.At(Instant.parse("2026-12-24T17:00:00Z")));
        assertThat(api.request(Instant.EPOCH).address()).isEqualTo(TunnelAddress.port);
        assertThat(api.request(Instant.EPOCH).label()).isEqualTo("api");
        assertThat(web.request(Instant.EPOCH).label()).isEqualTo("Web shop");
        assertThat(declaration.tunnel("docs").orElseThrow().endpoint().shown())
                .isEqualTo(folder.resolve("site").toString());
        assertThat(web.request(Instant.EPOCH).expiresAt()).isEqualTo(Instant.EPOCH.plus(Duration.ofHours(8)));
    }

    static Stream<String> good() {
        return Stream.of(
                "tunnels: {web: {endpoint: 3000}}",
                "tunnels: {web: {endpoint: '3000'}}",
                "tunnels: {web: {endpoint: h2c://localhost:50051, label: gRPC}}",
                "tunnels: {Web.2_x: {endpoint: site}}",
                "tunnels: {web: {endpoint: ., expires: 366d}}",
                "tunnels: {web: {endpoint: 3000, label: Läden, address: name, visible-in-network: false}}",
                "tunnels: {web: {endpoint: https://localhost:1, certificate: Verify, timeout: 1h}}",
                "tunnels: {web: {endpoint: 3000, github-app: {app-id: Iv1.abc, secret-file: s, path: '/hook?x=1'}}}",
                "server: http://localhost:8080\nproject: prj_1\ntunnels: {web: {endpoint: 3000}}",
                "{\"tunnels\": {\"web\": {\"endpoint\": \"localhost:3000\"}}}");
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatIsGoodIsGoodForTheSchemaToo(String text) throws DeclarationException {
        assertThat(read(text).tunnels()).hasSize(1);
        assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
    }

    /** A declaration that can't be, what is said of it, and whether a schema can tell. */
    record Bad(String text, String said, boolean schemaTells) {
        static Bad forBoth(String text, String said) {
            return new Bad(text, said, true);
        }

        static Bad forTheReader(String text, String said) {
            return new Bad(text, said, false);
        }
    }

    static Stream<Bad> bad() {
        return Stream.of(
                Bad.forBoth("tunnels: {}", ":1:10: tunnels: none (expected: at least one, below a key of its own)"),
                Bad.forBoth("server: a.example", ":1:1: tunnels: missing (expected: the tunnels, each"),
                Bad.forBoth("- 3000", ":1:1: a list (expected: keys with values"),
                Bad.forBoth("tunnels: [3000]", ":1:10: tunnels: a list (expected: keys with values"),
                Bad.forBoth("tunnels:\n  web: 3000", ":2:8: tunnels.web: 3000 (expected: keys with values"),
                Bad.forBoth("tunnels:\n  web: {}", ":2:8: tunnels.web: endpoint: missing (expected: what is shared"),
                Bad.forBoth("tunnels:\n  we b: {endpoint: 1}", ":2:3: tunnels: we b (expected: a key of 1-63 letters"),
                Bad.forBoth(
                        "tunnels: {web: {endpoint: 3000}}\ntunnel: 1",
                        ":2:1: tunnel: unknown (expected: one of project, server, tunnels)"),
                Bad.forBoth(
                        "tunnels:\n  web:\n    endpoint: 3000\n    hostheader: localhost",
                        ":4:5: tunnels.web: hostheader: unknown (expected: one of address, certificate, endpoint,"),
                Bad.forBoth("tunnels: {web: {endpoint: 0}}", ":1:27: tunnels.web: endpoint: 0 (expected: a port of"),
                Bad.forBoth("tunnels: {web: {endpoint: 70000}}", "endpoint: 70000 (expected: a port of 1-65535"),
                Bad.forBoth("tunnels: {web: {endpoint: true}}", "endpoint: true (expected: text or a number)"),
                Bad.forBoth("tunnels: {web: {endpoint: }}", "endpoint: nothing (expected: text or a number)"),
                Bad.forBoth("tunnels: {web: {endpoint: 3.5}}", "endpoint: 3.5 (expected: text or a number)"),
                Bad.forBoth("tunnels: {web: {endpoint: [3000]}}", "endpoint: a list (expected: text or a number)"),
                Bad.forBoth("tunnels: {web: {endpoint: 1, label: 3000}}", "label: 3000 (expected: text; a number"),
                Bad.forBoth("tunnels: {web: {endpoint: 1, label: ' '}}", "label:  (expected: one line of 1-100"),
                Bad.forBoth("tunnels: {web: {endpoint: 1, label: \"a\\tb\"}}", "label: a\tb (expected: one line"),
                Bad.forBoth("tunnels: {web: {endpoint: 1, name: My_Shop}}", "name: My_Shop (expected: 1-63 of a-z"),
                Bad.forBoth("tunnels: {web: {endpoint: 1, address: host}}", "address: host (expected: name or port)"),
                Bad.forBoth("tunnels: {web: {endpoint: 1, visible-in-network: 'yes'}}", "(expected: true or false)"),
                Bad.forBoth("tunnels: {web: {endpoint: 1, expires: 8 hours}}", "expires: 8 hours (expected: a time"),
                Bad.forBoth("tunnels: {web: {endpoint: 1, timeout: 5min}}", "timeout: 5min (expected: a time such as"),
                Bad.forBoth("tunnels: {web: {endpoint: https://a:1, certificate: any}}", "certificate: any (expected:"),
                Bad.forBoth("project: web\ntunnels: {web: {endpoint: 1}}", ":1:10: project: web (expected: an id such"),
                Bad.forBoth("tunnels: {web: {endpoint: 1, github-app: {}}}", "github-app: app-id: missing (expected:"),
                Bad.forBoth(
                        "tunnels: {web: {endpoint: 1, github-app: {app-id: 1, secret: s3cret}}}",
                        "secret: unknown (expected: one of app-id, path, private-key-file, secret-file)"),
                Bad.forBoth(
                        "tunnels: {web: {endpoint: 1, github-app: {app-id: 1, path: hook}}}", "path: hook (expected"),
                Bad.forTheReader(
                        "tunnels: {web: {endpoint: localhost}}", "endpoint: localhost (expected: a port, such"),
                Bad.forTheReader("tunnels: {web: {endpoint: ./gone}}", "(expected: a folder that can be read)"),
                Bad.forTheReader("tunnels: {web: {endpoint: ..}}", "endpoint: .. (expected: a folder below "),
                Bad.forTheReader("tunnels: {web: {endpoint: ./out}}", "endpoint: ./out (expected: a folder below "),
                Bad.forTheReader(
                        "tunnels: {web: {endpoint: /}}", "endpoint: file:/// (expected: a folder, not a whole disk)"),
                Bad.forTheReader(
                        "tunnels: {web: {endpoint: 1, expires: 9999d}}", "(expected: a time after it is turned"),
                Bad.forTheReader(
                        "tunnels: {web: {endpoint: 1, host-header: a b}}", "host header: a b (expected: visitor"),
                Bad.forTheReader("tunnels: {web: {endpoint: 1, timeout: 2h}}", "timeout: 2h (expected: a time such as"),
                Bad.forTheReader(
                        "tunnels: {web: {endpoint: 1, certificate: accept}}",
                        "certificate: given for http://localhost:1 (expected: an https:// endpoint)"),
                Bad.forTheReader(
                        "tunnels: {web: {endpoint: tcp://a:1, timeout: 1m}}",
                        "timeout: given for tcp://a:1 (expected: an app that answers requests)"),
                Bad.forTheReader(
                        "tunnels: {web: {endpoint: tcp://a:1, address: name}}",
                        "address: name: given for tcp://a:1 (expected: port, which a TCP tunnel always has)"),
                Bad.forTheReader(
                        "tunnels:\n  web: {endpoint: 3000}\n  api: {endpoint: 'LOCALHOST:3000'}",
                        ":3:19: tunnels.api: endpoint: http://localhost:3000 (expected: another one than that of web, line 2)"),
                Bad.forTheReader(
                        "tunnels:\n  web: {endpoint: 1, name: shop}\n  api: {endpoint: 2, name: shop}",
                        ":3:28: tunnels.api: name: shop (expected: another one than that of web, line 2)"),
                Bad.forTheReader(
                        "server: http://a.example\ntunnels: {a: {endpoint: 1}}", "plain http is for this computer"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatCanNotBeIsSaidWithItsPlaceAndSchemaAndReaderAgree(Bad bad) {
        DeclarationException refused = catchThrowableOfType(DeclarationException.class, () -> read(bad.text()));
        assertThat(refused).isNotNull();
        assertThat(refused.problems()).hasSize(1);
        assertThat(refused.getMessage()).startsWith(file + ":").contains(bad.said());
        assertThat(SCHEMA.validate(bad.text(), InputFormat.YAML).isEmpty()).isNotEqualTo(bad.schemaTells());
    }

    @Test
    void brokenYamlSaysWhere() {
        assertThat(said("tunnels:\n  web: {endpoint: 3000"))
                .containsExactly(file + ":2:23: no YAML: expected ',' or '}', but got <stream end>");
        assertThat(said("tunnels: {web: {endpoint: 3000, endpoint: 3001}}"))
                .containsExactly(file + ":1:33: tunnels.web: endpoint a second time (expected: once; line 1 has it)");
        assertThat(said("")).containsExactly(file + ": nothing in it (expected: tunnels)");
        assertThat(said("a: 1\n---\nb: 2")).singleElement().asString().contains("no YAML: but found another document");
        assertThat(said("[".repeat(9000))).containsExactly(file + ": too many levels (expected: 16 at most)");
        assertThat(said("a: \u0007")).singleElement().asString().contains("no YAML: ");
    }

    @Test
    void allProblemsAreSaidAtOnceInTheFilesOrder() {
        assertThat(said("""
                tunnels:
                  web:
                    endpoint: 70000
                    colour: red
                  api:
                    endpoint: 4000
                    timeout: soon
                """))
                .extracting(line -> line.substring(file.toString().length(), line.indexOf(" (")))
                .containsExactly(
                        ":3:15: tunnels.web: endpoint: 70000",
                        ":4:5: tunnels.web: colour: unknown",
                        ":7:14: tunnels.api: timeout: soon");
    }

    private List<String> said(String text) {
        DeclarationException refused = catchThrowableOfType(DeclarationException.class, () -> read(text));
        assertThat(refused).isNotNull();
        return refused.problems().stream().map(DeclarationProblem::toString).toList();
    }

    @Test
    void fileIsFoundUpToTheRepositorysRootAndNoFurther() throws IOException {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Path below = Files.createDirectories(repository.resolve("web/src"));
        Files.writeString(file, "tunnels: {web: {endpoint: 3000}}");
        assertThat(DeclarationFile.find(below)).isEmpty();
        assertThat(DeclarationFile.find(folder)).contains(file);

        Files.createDirectory(repository.resolve(".git"));
        assertThat(DeclarationFile.find(below)).isEmpty();
        Path found = Files.copy(file, repository.resolve(DeclarationFile.NAME));
        assertThat(DeclarationFile.find(below)).contains(found);
        Path nearer = Files.copy(file, repository.resolve("web").resolve(DeclarationFile.NAME));
        assertThat(DeclarationFile.find(below)).contains(nearer);
    }

    @Test
    void missingFileIsSaid() {
        DeclarationException missing =
                catchThrowableOfType(DeclarationException.class, () -> DeclarationFile.read(file));
        assertThat(missing).hasMessageContaining("there is no such file (expected: one that declares tunnels");
    }
}
