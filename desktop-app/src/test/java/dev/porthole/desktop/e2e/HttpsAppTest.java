package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.proxy.EndpointCertificate;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app with a certificate that it made for itself, from the refusal to the first visitor. */
class HttpsAppTest {
    private static final String PASSWORD = "of-no-secret";

    @TempDir
    private Path folder;

    // B-B10, B-E4
    @Test
    void certificateOfItsOwnIsSaidToItsUserAndSharedOnceTheyAcceptIt() throws Exception {
        HttpsServer app = app();
        try (World world = World.start()) {
            Endpoint endpoint =
                    Endpoint.parse("https://localhost:" + app.getAddress().getPort());
            BlockingQueue<String> said = new LinkedBlockingQueue<>();
            CompletableFuture<TunnelState> shared = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    shared.complete(world.porthole().share(ShareRequest.of(endpoint), step -> keep(step, said)));
                } catch (Exception refused) {
                    shared.completeExceptionally(refused);
                }
            });
            assertThat(said.poll(30, TimeUnit.SECONDS))
                    .startsWith("The certificate of " + endpoint + " is signed by itself alone.")
                    .contains("--certificate sha256/", "--certificate accept");
            assertThat(shared).isNotDone();

            world.porthole().allowCertificate(endpoint, new EndpointCertificate.Accepted());
            TunnelState ready = shared.get(60, TimeUnit.SECONDS);
            assertThat(ready.phase()).isEqualTo(TunnelState.Phase.READY);
            assertThat(Visitor.get(ready.tunnel().url(), "/").text()).isEqualTo("over TLS");
        } finally {
            app.stop(0);
        }
    }

    private static void keep(ShareProgress step, BlockingQueue<String> said) {
        String detail = step.detail();
        if (detail != null && detail.contains("certificate")) {
            said.add(detail);
        }
    }

    private HttpsServer app() throws Exception {
        HttpsServer app = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.setHttpsConfigurator(new HttpsConfigurator(tls()));
        app.createContext("/", exchange -> {
            byte[] body = "over TLS".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        app.start();
        return app;
    }

    /** With a key that the JDK's own tool makes: desktop-app has no library that could. */
    private SSLContext tls() throws Exception {
        Path file = folder.resolve("app.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "app",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
