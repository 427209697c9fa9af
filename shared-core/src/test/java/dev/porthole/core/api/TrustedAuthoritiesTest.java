package dev.porthole.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedAuthoritiesTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    // T-L5
    @Test
    void privateAuthorityIsTrustedWhenItIsAddedAndForItsNamesOnly() throws Exception {
        keytool("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=own", "-ext", "san=dns:localhost");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "own",
                "-file",
                folder.resolve("own.pem").toString());
        TrustedAuthorities added = TrustedAuthorities.of(
                Map.of(TrustedAuthorities.VARIABLE, folder.resolve("own.pem").toString()));
        try (SSLServerSocket server = serve()) {
            String port = ":" + server.getLocalPort() + "/";
            assertThat(get(added, "https://localhost" + port)).isEqualTo("fine");
            assertThatThrownBy(() -> get(added, "https://127.0.0.1" + port)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(TrustedAuthorities.of(Map.of()), "https://localhost" + port))
                    .isInstanceOf(IOException.class);
            HttpRequest usual = HttpRequest.newBuilder(URI.create("https://localhost" + port))
                    .build();
            assertThatThrownBy(() -> HttpExchange.send(usual))
                    .hasMessageContaining("is not trusted; for a private authority, PORTHOLE_CA_FILE names");
        }
        assertThat(added.trustManager().getAcceptedIssuers().length)
                .as("Java's own are trusted as before")
                .isEqualTo(new TrustedAuthorities(null).trustManager().getAcceptedIssuers().length + 1);
    }

    // T-L5
    @Test
    void fileThatHoldsNoCertificateIsNamed() throws Exception {
        Path missing = folder.resolve("none.pem");
        assertThatThrownBy(() -> new TrustedAuthorities(missing).context())
                .hasMessage("PORTHOLE_CA_FILE: " + missing + ": can't be read (expected: certificates in PEM)");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> new TrustedAuthorities(empty).context())
                .hasMessage("PORTHOLE_CA_FILE: " + empty + ": no certificate (expected: PEM)");
        Path broken = Files.writeString(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        assertThatThrownBy(() -> new TrustedAuthorities(broken).context())
                .hasMessage("PORTHOLE_CA_FILE: " + broken + ": no certificate (expected: PEM)");
    }

    private static String get(TrustedAuthorities trusted, String address) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.context()).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Answers each connection's request in the same way, until it is closed. */
    private SSLServerSocket serve() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("own.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                serveNext(server);
            }
        });
        return server;
    }

    private static void serveNext(SSLServerSocket server) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            answer(socket);
        } catch (IOException refused) {
            // Those who do not trust it hang up.
            return;
        }
    }

    private static void answer(SSLSocket socket) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                return;
            }
            request.append((char) octet);
        }
        socket.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfine"
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                arguments[0],
                                "-keystore",
                                folder.resolve("own.p12").toString(),
                                "-storepass",
                                PASSWORD),
                        Stream.of(arguments).skip(1))
                .toList();
        Process tool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(tool.waitFor())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
    }
}
