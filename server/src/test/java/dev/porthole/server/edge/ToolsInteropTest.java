package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.edge.tls.LocalAuthority;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others wrote: curl, nghttp and h2load, over plain HTTP and TLS. */
@Tag("tools")
class ToolsInteropTest {
    @TempDir
    Path folder;

    private EdgeFixture plain;
    private EdgeFixture secure;
    private WireAgent plainAgent;
    private WireAgent secureAgent;

    @BeforeEach
    void start() throws Exception {
        LocalAuthority authority = LocalAuthority.in(folder, Set.of("localhost"), "localhost", Clock.systemUTC());
        plain = new EdgeFixture();
        plainAgent = plain.agent();
        secure = new EdgeFixture(settings -> settings.with(new EdgeSettings.Tls(authority, null, 0)));
        secureAgent = WireAgent.connect(
                secure.edge.address(),
                "good-1",
                SslContextBuilder.forClient()
                        .trustManager(authority.certificate())
                        .build());
        secureAgent.announce(EdgeFixture.TUNNEL);
    }

    @AfterEach
    void stop() {
        plainAgent.close();
        secureAgent.close();
        plain.close();
        secure.close();
    }

    // T-W3, T-W4, T-W7
    @ParameterizedTest
    @CsvSource({"--http1.1, http, 1.1", "--http2-prior-knowledge, http, 2", "--http1.1, https, 1.1", "--http2, https, 2"
    })
    void curlGetsBackWhatItSent(String version, String scheme, String spoken) throws Exception {
        byte[] body = new byte[5_000_000];
        new Random(1).nextBytes(body);
        Path sent = Files.write(folder.resolve("sent"), body);
        Path received = folder.resolve("received");
        int port = port(scheme);
        String said = run(
                "curl",
                "-sS",
                version,
                "--cacert",
                folder.resolve(LocalAuthority.CERTIFICATE_FILE).toString(),
                "--resolve",
                "app.localhost:" + port + ":127.0.0.1",
                "--data-binary",
                "@" + sent,
                "-H",
                "Content-Type: application/octet-stream",
                "-o",
                received.toString(),
                "-w",
                "%{http_version} %{response_code}",
                scheme + "://app.localhost:" + port + "/a%2Fb?c");
        assertThat(said).isEqualTo(spoken + " 200");
        assertThat(received).hasBinaryContent(body);
    }

    // T-W7
    @Test
    void curlIsSentFromHttpToHttps() throws Exception {
        int port = port("https");
        assertThat(run(
                        "curl",
                        "-sSL",
                        "--cacert",
                        folder.resolve(LocalAuthority.CERTIFICATE_FILE).toString(),
                        "--resolve",
                        "app.localhost:" + port + ":127.0.0.1",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{scheme} %{response_code}",
                        "http://app.localhost:" + port + "/"))
                .isEqualTo("HTTPS 200");
    }

    // T-W3
    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void nghttpPostsAndReadsTrailers(String scheme) throws Exception {
        Path body = Files.writeString(folder.resolve("body"), "from nghttp");
        assertThat(run(
                        "nghttp",
                        "--trailer",
                        "x-sum: 1",
                        "-H",
                        ":authority: app.localhost",
                        "-d",
                        body.toString(),
                        scheme + "://127.0.0.1:" + port(scheme) + "/"))
                .endsWith("from nghttp");
        WireAgent agent = scheme.equals("http") ? plainAgent : secureAgent;
        assertThat(String.valueOf(agent.nextRequest().trailers)).contains("x-sum");
    }

    // T-W8
    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void h2loadLosesNoRequest(String scheme) throws Exception {
        String report = run(
                "h2load",
                "-n",
                "3000",
                "-c",
                "5",
                "-m",
                "50",
                "-H",
                ":authority: app.localhost",
                scheme + "://127.0.0.1:" + port(scheme) + "/");
        assertThat(report).contains("3000 succeeded, 0 failed, 0 errored").contains("3000 2xx");
    }

    private int port(String scheme) {
        return (scheme.equals("http") ? plain : secure).edge.address().getPort();
    }

    private String run(String... command) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(output, StandardCharsets.ISO_8859_1).strip();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
