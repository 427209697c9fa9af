package dev.porthole.core.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.porthole.core.update.UpdateException.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallerDownloadTest {
    private final byte[] file = new byte[300_000];
    private final AtomicInteger served = new AtomicInteger();
    private final List<Double> progress = new ArrayList<>();

    @TempDir
    private Path folder;

    private HttpServer server;
    private InstallerDownload download;

    @BeforeEach
    void serve() throws Exception {
        new Random(1).nextBytes(file);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/porthole.deb", exchange -> {
            served.incrementAndGet();
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", "/porthole.deb");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        download = new InstallerDownload(folder.resolve("updates"));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    // B-B17
    @Test
    void wholeFileHasItsNameAndItsProgressIsTold() throws Exception {
        Path fetched = download.fetch(installer("/porthole.deb", hash(file), file.length), progress::add);

        assertThat(fetched).hasBinaryContent(file).hasFileName(hash(file) + "-porthole.deb");
        assertThat(progress).isSorted().endsWith(1.0);
        assertThat(folder.resolve("updates")).isDirectoryContaining(file -> file.equals(fetched));
        assertThat(folder.resolve("updates")).isDirectoryNotContaining("glob:**fetching*");
    }

    // B-B17
    @Test
    void fileThatIsThereIsNotFetchedAgainUnlessItWasChanged() throws Exception {
        Installer installer = installer("/porthole.deb", hash(file), file.length);
        Path fetched = download.fetch(installer, progress::add);
        assertThat(download.fetch(installer, progress::add)).isEqualTo(fetched);
        assertThat(served).hasValue(1);

        Files.writeString(fetched, "changed");

        assertThat(download.fetch(installer, progress::add)).hasBinaryContent(file);
        assertThat(served).hasValue(2);
    }

    // B-B17
    @Test
    void redirectsAreFollowed() throws Exception {
        assertThat(download.fetch(installer("/elsewhere", hash(file), file.length), progress::add))
                .hasBinaryContent(file);
    }

    // B-B17
    @Test
    void anotherFileIsThrownAway() {
        byte[] promised = Arrays.copyOf(file, file.length - 1);

        assertRefused(installer("/porthole.deb", hash(promised), file.length), Kind.UNTRUSTED);
    }

    // B-B17
    @Test
    void longerFileIsNotKept() {
        assertRefused(installer("/porthole.deb", hash(file), 1000), Kind.UNTRUSTED);
    }

    // B-B17
    @Test
    void fileThatIsNotThereIsSaid() {
        assertRefused(installer("/none.deb", hash(file), file.length), Kind.UNREACHABLE);
    }

    // B-B17
    @Test
    void downloadThatStandsStillIsGivenUp() {
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/half.deb", exchange -> {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file, 0, file.length / 2);
            exchange.getResponseBody().flush();
            try (exchange) {
                over.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        download = new InstallerDownload(folder.resolve("updates"), Duration.ofSeconds(1));

        assertRefused(installer("/half.deb", hash(file), file.length), Kind.UNREACHABLE);

        assertThat(progress).isNotEmpty().allSatisfy(part -> assertThat(part).isLessThan(1));
        over.countDown();
    }

    private void assertRefused(Installer installer, Kind kind) {
        assertThatThrownBy(() -> download.fetch(installer, progress::add))
                .isInstanceOfSatisfying(
                        UpdateException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(kind));
        assertThat(folder.resolve("updates")).isEmptyDirectory();
    }

    private Installer installer(String path, String hash, long bytes) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new Installer("linux-x86_64.deb", url, hash, bytes);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
