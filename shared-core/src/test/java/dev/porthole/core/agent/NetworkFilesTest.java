package dev.porthole.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFilesTest {
    @TempDir
    private Path root;

    private NetworkFiles files;

    @BeforeEach
    void write() throws IOException {
        write("proc/net/fib_trie", "Main:\n".repeat(1000) + "192.0.2.7");
        write("proc/net/if_inet6", "2001:db8::7");
        write("sys/class/net/wlan0/operstate", "up");
        write("sys/class/net/veth0/operstate", "up");
        files = new NetworkFiles(root);
        files.followLinks(Set.of("wlan0"));
        assertThat(files.mayHaveChanged()).as("at first").isTrue();
        assertThat(files.mayHaveChanged()).as("again").isFalse();
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test // B-A7, T-R2
    void anotherAddressIsNewsOnce() throws IOException {
        write("proc/net/fib_trie", "Main:\n".repeat(1000) + "192.0.2.8");
        assertThat(files.mayHaveChanged()).isTrue();
        assertThat(files.mayHaveChanged()).isFalse();

        write("proc/net/if_inet6", "2001:db8::8");
        assertThat(files.mayHaveChanged()).isTrue();
        assertThat(files.mayHaveChanged()).isFalse();
    }

    @Test // B-A7, T-R2
    void aLinkThatIsLostIsNewsOfAnInterfaceThatMatters() throws IOException {
        write("sys/class/net/veth0/operstate", "down");
        assertThat(files.mayHaveChanged()).isFalse();

        write("sys/class/net/wlan0/operstate", "down");
        assertThat(files.mayHaveChanged()).isTrue();
    }

    @Test // B-A7
    void anInterfaceThatIsFollowedFromNowOnIsLookedAtFirst() {
        files.followLinks(Set.of("wlan0", "veth0"));
        assertThat(files.mayHaveChanged()).isTrue();

        files.followLinks(Set.of("wlan0", "veth0"));
        assertThat(files.mayHaveChanged()).isFalse();
    }

    @Test // B-A7
    void aComputerWithoutIpv6SaysSoAndMayGetIt() throws IOException {
        files.close();
        Files.delete(root.resolve("proc/net/if_inet6"));
        assertThat(files.mayHaveChanged()).isTrue();
        assertThat(files.mayHaveChanged()).isFalse();

        write("proc/net/if_inet6", "2001:db8::7");
        assertThat(files.mayHaveChanged()).isTrue();
        assertThat(files.mayHaveChanged()).isFalse();
    }

    @Test // B-A7
    void aLinkWhoseStateCanNotBeReadMayBeLostAtAnyTime() {
        files.followLinks(Set.of("wlan0", "wwan0"));

        assertThat(files.mayHaveChanged()).isTrue();
        assertThat(files.mayHaveChanged()).isTrue();
    }

    @Test // B-A7
    void thousandsOfRoutesAreNotRead() throws IOException {
        write("proc/net/fib_trie", "x".repeat(70_000));

        assertThat(files.mayHaveChanged()).isTrue();
        assertThat(files.mayHaveChanged()).isTrue();
    }

    @Test // B-A7
    void addressesThatCanNotBeReadMayBeOthersAtAnyTime() throws IOException {
        files.close();
        Files.delete(root.resolve("proc/net/fib_trie"));

        assertThat(files.mayHaveChanged()).isTrue();
        assertThat(files.mayHaveChanged()).isTrue();
    }

    @Test // B-A7
    void aComputerWithoutSuchFilesIsAskedEachTime() {
        try (NetworkFiles none = new NetworkFiles(root.resolve("elsewhere"))) {
            assertThat(none.mayHaveChanged()).isTrue();
            assertThat(none.mayHaveChanged()).isTrue();
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
