package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.Shareable;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Tunnel;
import dev.porthole.desktop.e2e.Visitor.Response;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of this computer, seen from outside. */
class SharedFolderTest {
    @TempDir
    private Path temporary;

    private World world;
    private Path site;
    private Tunnel tunnel;

    @BeforeEach
    void share() throws Exception {
        site = Files.createDirectory(temporary.toRealPath().resolve("site"));
        Files.writeString(site.resolve("a b.txt"), "0123456789");
        Files.writeString(site.resolve(".env"), "SECRET=1");
        Files.writeString(temporary.resolve("outside.txt"), "SECRET=2");
        Files.createSymbolicLink(site.resolve("out.txt"), temporary.resolve("outside.txt"));
        world = World.start();
        tunnel = world.porthole()
                .share(ShareRequest.of(Shareable.folder(site)), _ -> {})
                .tunnel();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test // T-W3
    void filesListingsPartsAndConditionsComeThrough() throws Exception {
        Response listing = Visitor.get(tunnel.url(), "/");
        assertThat(listing.status()).isEqualTo(200);
        assertThat(listing.text())
                .contains("href=\"a%20b.txt\"")
                .doesNotContain(".env")
                .doesNotContain("out.txt");
        Response whole = Visitor.get(tunnel.url(), "/a%20b.txt");
        assertThat(whole.text()).isEqualTo("0123456789");
        String etag = whole.head().field("etag");
        try (Visitor visitor = Visitor.at(tunnel.url())) {
            visitor.send("GET", "/a%20b.txt", "Range: bytes=2-4\r\nIf-Range: " + etag + "\r\n");
            Response part = visitor.receive();
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.head().field("content-range")).isEqualTo("bytes 2-4/10");
            assertThat(part.text()).isEqualTo("234");
            visitor.send("GET", "/a%20b.txt", "If-None-Match: " + etag + "\r\n");
            assertThat(visitor.head().status()).isEqualTo(304);
            visitor.send("HEAD", "/a%20b.txt", "");
            assertThat(visitor.head().field("content-length")).isEqualTo("10");
            visitor.send("GET", "/a%20b.txt", "Range: bytes=10-\r\n");
            assertThat(visitor.receive().status()).isEqualTo(416);
            visitor.send("OPTIONS", "/a%20b.txt", "");
            assertThat(visitor.head().field("allow")).isEqualTo("GET, HEAD, OPTIONS");
            visitor.send("DELETE", "/a%20b.txt", "");
            assertThat(visitor.receive().status()).isEqualTo(405);
            visitor.send("GET", "/a%20b.txt", "Connection: Upgrade\r\nUpgrade: h2c\r\n");
            assertThat(visitor.receive().text()).isEqualTo("0123456789");
        }
        assertThat(Files.readString(site.resolve("a b.txt"))).isEqualTo("0123456789");
    }

    @Test // T-W11
    void thereIsNoWayOut() throws Exception {
        for (String target : new String[] {
            "/.env",
            "/%2eenv",
            "/out.txt",
            "/../outside.txt",
            "/%2e%2e/outside.txt",
            "/..%2foutside.txt",
            "/..%5coutside.txt",
            "//etc/passwd",
            "/%2fetc%2fpasswd",
            "/a%20b.txt%00",
            "/./.env"
        }) {
            Response answer = Visitor.get(tunnel.url(), target);
            assertThat(answer.status()).as(target).isIn(400, 404);
            assertThat(answer.text()).doesNotContain("SECRET").doesNotContain("root:");
        }
    }

    @Test // T-W4
    void aLargeFileComesWhole() throws Exception {
        int size = 48 * 1024 * 1024;
        try (RandomAccessFile file =
                new RandomAccessFile(site.resolve("large.bin").toFile(), "rw")) {
            file.setLength(size);
            file.seek(size - 4L);
            file.write(new byte[] {1, 2, 3, 4});
        }
        Response answer = Visitor.get(tunnel.url(), "/large.bin");
        assertThat(answer.body()).hasSize(size).endsWith(1, 2, 3, 4);
    }

    @Test // B-B13, B-E4
    void aFolderThatIsGoneIsSaidAndComesBack() throws Exception {
        Path moved = temporary.resolve("moved");
        Files.move(site, moved);
        Response gone = Visitor.get(tunnel.url(), "/");
        assertThat(gone.status()).isEqualTo(502);
        assertThat(gone.head().field("porthole-error")).isEqualTo("endpoint_refused");
        TunnelState down = world.awaitTunnel(tunnel.id(), state -> state.phase() == Phase.ENDPOINT_DOWN);
        assertThat(down.detail()).isEqualTo("The shared folder is not there any more.");
        assertThat(down.tunnel().condition(Condition.Type.Ready).orElseThrow().reason())
                .isEqualTo("EndpointGone");
        Files.move(moved, site);
        world.awaitTunnel(tunnel.id(), state -> state.phase() == Phase.READY);
        assertThat(Visitor.get(tunnel.url(), "/a%20b.txt").text()).isEqualTo("0123456789");
    }

    @Test // B-B6
    void theSameFolderIsTheSameTunnel() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), site);
        Tunnel again = world.porthole()
                .share(ShareRequest.of(Shareable.parse(link.toString())), _ -> {})
                .tunnel();
        assertThat(again.id()).isEqualTo(tunnel.id());
        assertThat(again.url()).isEqualTo(tunnel.url());
    }
}
