package dev.porthole.core.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.KeyPair;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateCheckTest {
    private static final String FEED = """
            {"product": "porthole", "later": {"unknown": true}, "releases": [
              {"version": "1.4.0", "channel": "stable", "published": "2026-11-20", "page": "https://porthole.example/1.4.0"},
              {"version": "1.3.9", "channel": "stable", "page": "https://porthole.example/1.3.9"},
              {"version": "1.5.0-beta.2", "channel": "beta", "page": "https://porthole.example/1.5.0-beta.2"},
              {"version": "9.0.0", "channel": "nightly", "page": "https://porthole.example/9.0.0"},
              {"version": "8.0.0", "channel": "stable", "page": "http://porthole.example/8.0.0"},
              {"version": "seven", "channel": "stable", "page": "https://porthole.example/7"}]}
            """;

    private ReleaseServer server;
    private KeyPair keys;

    @BeforeEach
    void serve() throws Exception {
        server = new ReleaseServer();
        keys = ReleaseServer.newKeys();
        server.serve(FEED, ReleaseServer.sign(FEED, keys));
    }

    @AfterEach
    void close() {
        server.close();
    }

    // B-B17
    @ParameterizedTest
    @CsvSource({
        "1.3.0, STABLE, 1.4.0",
        "1.3.0, BETA, 1.5.0-beta.2",
        "1.4.0-rc.1, STABLE, 1.4.0",
        "1.4.0, BETA, 1.5.0-beta.2",
    })
    void newestReleaseOfTheChannelIsTold(String running, Channel channel, String told) throws Exception {
        Release release = look(running, channel).orElseThrow();

        assertThat(release.version()).hasToString(told);
        assertThat(release.page()).isEqualTo(URI.create("https://porthole.example/" + told));
    }

    // B-B17
    @ParameterizedTest
    @CsvSource({"1.4.0, STABLE", "1.4.1, STABLE", "2.0.0-alpha, BETA", "1.5.0, BETA"})
    void neverALowerOrTheSameVersion(String running, Channel channel) throws Exception {
        assertThat(look(running, channel)).isEmpty();
    }

    // B-B17
    @Test
    void installersThatCanBeCheckedAreTold() throws Exception {
        String files = """
                , "files": [
                  {"platform": "linux-x86_64.deb", "url": "https://porthole.example/p.deb", "sha256": "%s", "bytes": 7},
                  {"platform": "linux-x86_64.rpm", "url": "http://porthole.example/p.rpm", "sha256": "%s", "bytes": 7},
                  {"platform": "macos-aarch64.dmg", "url": "https://porthole.example/p.dmg", "sha256": "short", "bytes": 7},
                  {"platform": "../../evil", "url": "https://porthole.example/p.msi", "sha256": "%s", "bytes": 7},
                  {"platform": "windows-x86_64.msi", "url": "https://porthole.example/p.msi", "sha256": "%s", "bytes": 0}]}
                """.replace("%s", "0f".repeat(32));
        String feed = FEED.replaceFirst("(1\\.4\\.0\")}", "$1" + files);
        server.serve(feed, ReleaseServer.sign(feed, keys));

        Release release = look("1.3.0", Channel.STABLE).orElseThrow();

        assertThat(release.installers()).extracting(Installer::platform).containsExactly("linux-x86_64.deb");
        assertThat(release.installerFor("linux-x86_64.deb")).isPresent();
        assertThat(release.installerFor("linux-x86_64.rpm")).isEmpty();
    }

    // B-B17
    @Test
    void changedFeedIsNotRead() throws Exception {
        String changed = FEED.replace("1.4.0", "6.6.6");
        server.serve(changed, ReleaseServer.sign(FEED, keys));

        assertUntrusted();
    }

    // B-B17
    @Test
    void feedSignedByAnUnknownKeyIsNotRead() throws Exception {
        server.serve(FEED, ReleaseServer.sign(FEED, ReleaseServer.newKeys()));

        assertUntrusted();
    }

    // B-B17
    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "no base64 at all", "<html>"})
    void whatIsNoSignatureSignsNothing(String signature) {
        server.serve(FEED, signature);

        assertUntrusted();
    }

    // B-B17
    @Test
    void buildWithoutKeysTrustsNobody() {
        assertThatThrownBy(() ->
                        new UpdateCheck(server.feed(), FeedKeys.parse(" "), version("1.0.0")).look(Channel.STABLE))
                .isInstanceOf(UpdateException.class)
                .extracting(failure -> ((UpdateException) failure).kind())
                .isEqualTo(UpdateException.Kind.UNTRUSTED);
    }

    @Test
    void nextKeyCountsBesideTheOneThatGoes() throws Exception {
        KeyPair next = ReleaseServer.newKeys();
        server.serve(FEED, ReleaseServer.sign(FEED, next));

        UpdateCheck check = new UpdateCheck(server.feed(), ReleaseServer.keysOf(keys, next), version("1.0.0"));

        assertThat(check.look(Channel.STABLE)).isPresent();
    }

    // B-B17
    @Test
    void feedWithoutItsSignatureIsNotRead() {
        server.serveUnsigned(FEED);

        assertThatThrownBy(() -> look("1.0.0", Channel.STABLE))
                .isInstanceOf(UpdateException.class)
                .hasMessageContaining("404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"product\":\"other\",\"releases\":[]}",
                "{\"product\":\"porthole\"}",
                "nonsense"
            })
    void signedNonsenseOffersNothing(String document) throws Exception {
        server.serve(document, ReleaseServer.sign(document, keys));

        assertThatThrownBy(() -> look("1.0.0", Channel.STABLE))
                .isInstanceOf(UpdateException.class)
                .extracting(failure -> ((UpdateException) failure).kind())
                .isEqualTo(UpdateException.Kind.NOT_UNDERSTOOD);
    }

    @Test
    void feedThatIsTooLargeIsGivenUp() throws Exception {
        String large = " ".repeat(300 * 1024) + FEED;
        server.serve(large, ReleaseServer.sign(large, keys));

        assertThatThrownBy(() -> look("1.0.0", Channel.STABLE)).isInstanceOf(UpdateException.class);
    }

    // T-L5
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://porthole.example/releases.json",
                "ftp://porthole.example/releases.json",
                "file:///tmp/releases.json",
                "https://porthole.example/releases.json?token=1",
                "releases.json"
            })
    void feedsAddressIsHttps(String address) {
        assertThatThrownBy(() -> new UpdateCheck(URI.create(address), ReleaseServer.keysOf(keys), version("1.0.0")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertUntrusted() {
        assertThatThrownBy(() -> look("1.0.0", Channel.BETA))
                .isInstanceOf(UpdateException.class)
                .extracting(failure -> ((UpdateException) failure).kind())
                .isEqualTo(UpdateException.Kind.UNTRUSTED);
    }

    private Optional<Release> look(String running, Channel channel) throws Exception {
        return new UpdateCheck(server.feed(), ReleaseServer.keysOf(keys), version(running)).look(channel);
    }

    private static SemanticVersion version(String text) {
        return SemanticVersion.parse(text).orElseThrow();
    }
}
