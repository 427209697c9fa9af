package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.WireHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder over the wire: what {@code FolderSiteTest} decides, sent. */
class FolderExchangeTest {
    private static final int LARGE = 3 * 1024 * 1024 + 7;

    @TempDir
    private Path temporary;

    private final AgentFixture wire = new AgentFixture();
    private Path folder;
    private EdgeSession edge;

    @BeforeEach
    void share() throws Exception {
        folder = Files.createDirectory(temporary.toRealPath().resolve("my s\u00efte"));
        Files.writeString(folder.resolve("a.txt"), "hello");
        byte[] large = new byte[LARGE];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 ^ i >> 9);
        }
        Files.write(folder.resolve("large.bin"), large);
        edge = wire.carrying(
                new CarriedTunnel("tun_1", Endpoint.parse(folder.toUri().toString())));
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test // T-W3
    void filesComeByteForByte() throws Exception {
        assertThat(edge.get("tun_1", "/a.txt").text()).isEqualTo("hello");
        byte[] large = Files.readAllBytes(folder.resolve("large.bin"));
        assertThat(edge.get("tun_1", "/large.bin").bytes()).isEqualTo(large);
        EdgeExchange part =
                edge.open(EdgeSession.head("GET", "tun_1", "/large.bin").set("range", "bytes=1000000-2999999"), true);
        assertThat(part.status()).isEqualTo("206");
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(large, 1_000_000, 3_000_000));
        EdgeExchange head = edge.open(EdgeSession.head("HEAD", "tun_1", "/large.bin"), true);
        assertThat(head.bytes()).isEmpty();
        assertThat(head.field("content-length")).isEqualTo(String.valueOf(LARGE));
    }

    @Test // T-W4: what is not taken is not read
    void aVisitorWhoDoesNotReadHoldsTheFileBack() throws Exception {
        Path huge = folder.resolve("huge.bin");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(8L << 30);
        }
        EdgeExchange slow = edge.get("tun_1", "/huge.bin").hold();
        assertThat(slow.field("content-length")).isEqualTo(String.valueOf(8L << 30));
        assertThat(slow.nextPiece()).isNotEmpty();
        // Others of the same session go on, and take none of what waits.
        for (int i = 0; i < 20; i++) {
            assertThat(edge.get("tun_1", "/a.txt").text()).isEqualTo("hello");
        }
        slow.cancel();
        EdgeExchange resumed = edge.get("tun_1", "/large.bin").hold();
        assertThat(resumed.nextPiece()).isNotEmpty();
        assertThat(edge.get("tun_1", "/a.txt").text()).isEqualTo("hello");
        resumed.letGo();
        assertThat(resumed.bytes()).hasSize(LARGE);
    }

    @Test // T-W5
    void aFileThatBecomesShorterNeverLooksComplete() throws Exception {
        Path shrinking = folder.resolve("shrinking.bin");
        Files.write(shrinking, new byte[16 * 1024 * 1024]);
        EdgeExchange exchange = edge.get("tun_1", "/shrinking.bin").hold();
        assertThat(exchange.nextPiece()).isNotEmpty();
        try (RandomAccessFile file = new RandomAccessFile(shrinking.toFile(), "rw")) {
            file.setLength(10);
        }
        exchange.letGo();
        assertThat(exchange.resetCode()).isEqualTo(2);
        assertThat(exchange.isComplete()).isFalse();
    }

    @Test
    void aBodyIsNotWaitedFor() throws Exception {
        EdgeExchange post = edge.open(EdgeSession.head("POST", "tun_1", "/a.txt"), false);
        assertThat(post.status()).isEqualTo("405");
        assertThat(post.field("allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(post.bytes()).isNotEmpty();
        assertThat(post.resetCode()).as("NO_ERROR").isZero();
    }

    @Test // T-W6
    void anOfferedUpgradeIsIgnored() throws Exception {
        Http2Headers head = EdgeSession.head("CONNECT", "tun_1", "/a.txt").set(WireHeaders.UPGRADE, "h2c");
        head.set(Http2Headers.PseudoHeaderName.PROTOCOL.value(), "h2c");
        EdgeExchange plain = edge.open(head, false);
        assertThat(plain.field(WireHeaders.UPGRADE)).isEqualTo(WireHeaders.UPGRADE_REFUSED);
        assertThat(plain.text()).isEqualTo("hello");
        EdgeExchange bytes = edge.open(EdgeSession.head("CONNECT", "tun_1", "/"), false);
        assertThat(bytes.field("porthole-error")).isEqualTo("endpoint_refused");
    }

    @Test // B-E4, T-W11
    void aFolderThatIsGoneIs502UntilItIsBack() throws Exception {
        Path moved = temporary.resolve("moved");
        Files.move(folder, moved);
        EdgeExchange gone = edge.get("tun_1", "/a.txt");
        assertThat(gone.status()).isEqualTo("502");
        assertThat(gone.field("porthole-error")).isEqualTo("endpoint_refused");
        Files.createSymbolicLink(folder, temporary);
        assertThat(edge.get("tun_1", "/").status()).as("a link in its place").isEqualTo("502");
        Files.delete(folder);
        Files.move(moved, folder);
        assertThat(edge.get("tun_1", "/a.txt").text()).isEqualTo("hello");
    }

    @Test // B-B13
    void aProbeLooksWhetherTheFolderIsThere() throws Exception {
        edge.send(new ControlMessage.Probe("tun_1", "nonce-1"));
        EdgeExchange there = edge.open(EdgeSession.head("GET", "tun_1", "/").set(WireHeaders.PROBE, "nonce-1"), true);
        assertThat(there.status()).isEqualTo("204");
        assertThat(there.field(WireHeaders.PROBE)).isEqualTo("nonce-1");
        Files.move(folder, temporary.resolve("moved"));
        edge.send(new ControlMessage.Probe("tun_1", "nonce-2"));
        EdgeExchange gone = edge.open(EdgeSession.head("GET", "tun_1", "/").set(WireHeaders.PROBE, "nonce-2"), true);
        assertThat(gone.field("porthole-error")).isEqualTo("endpoint_refused");
    }

    @Test // T-W3: octets of a target that are no ASCII, as some clients send them
    void rawOctetsOfATargetAreUtf8() throws Exception {
        Files.writeString(folder.resolve("\u00fc.txt"), "umlaut");
        String raw = new String("/\u00fc.txt".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(edge.get("tun_1", raw).text()).isEqualTo("umlaut");
    }

    @Test
    void manyAtOnceAreAllAnswered() throws IOException, Exception {
        byte[] large = Files.readAllBytes(folder.resolve("large.bin"));
        EdgeExchange[] all = new EdgeExchange[12];
        for (int i = 0; i < all.length; i++) {
            all[i] = edge.get("tun_1", "/large.bin");
        }
        for (EdgeExchange one : all) {
            assertThat(one.bytes()).isEqualTo(large);
        }
    }
}
