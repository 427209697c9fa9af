package dev.porthole.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    // B-B8
    @ParameterizedTest
    @ValueSource(
            strings = {
                "3000",
                " 3000 ",
                "localhost:3000",
                "LOCALHOST:3000",
                "LocalHost:3000/",
                "127.0.0.1:3000",
                "[::1]:3000",
                "[0:0:0:0:0:0:0:1]:3000",
                "localhost.:3000",
                "http://localhost:3000",
                "HTTP://127.0.0.1:3000/",
                "http 3000",
                "http://[::1]:3000"
            })
    void spellingsOfThisComputerAreOneEndpoint(String text) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(Endpoint.Scheme.HTTP, "localhost", 3000));
        assertThat(Endpoint.parse(text)).hasToString("http://localhost:3000");
        assertThat(Endpoint.parse(text).isLoopback()).isTrue();
    }

    // B-B8
    @ParameterizedTest
    @ValueSource(
            strings = {
                "3001",
                "0.0.0.0:3000",
                "192.168.1.5:3000",
                "127.0.0.2:3000",
                "localhost.example:3000",
                "https://localhost:3000",
                "h2c://localhost:3000",
                "tcp 3000",
                "[fd00::1]:3000"
            })
    void otherPortsHostsAndSchemesAreOthers(String text) {
        assertThat(Endpoint.parse(text)).isNotEqualTo(Endpoint.parse("localhost:3000"));
    }

    // B-B10
    @ParameterizedTest
    @CsvSource({
        "nas.local:80, http://nas.local:80",
        "https://10.0.0.5:8443, https://10.0.0.5:8443",
        "tcp 5432, tcp://localhost:5432",
        "TCP://Db:5432, tcp://db:5432",
        "h2c 50051, h2c://localhost:50051",
        "H2C://127.0.0.1:50051/, h2c://localhost:50051",
        "[FD00::1]:80, http://[fd00::1]:80",
        "[fe80::1%eth0]:80, http://[fe80::1%eth0]:80",
        "1, http://localhost:1",
        "65535, http://localhost:65535",
        "my_host:80, http://my_host:80"
    })
    void anotherHostOfTheNetworkMayBeNamed(String text, String normal) {
        assertThat(Endpoint.parse(text)).hasToString(normal);
        assertThat(Endpoint.parse(normal)).isEqualTo(Endpoint.parse(text));
    }

    // B-B10
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "http://localhost",
                "localhost:",
                ":3000",
                "0",
                "localhost:0",
                "65536",
                "localhost:65536",
                "localhost:999999999999",
                "localhost:-1",
                "localhost:+80",
                "localhost:http",
                "::1:3000",
                "[::1:3000",
                "::1]:3000",
                "[localhost]:3000",
                "[]:3000",
                "ftp://localhost:21",
                "http://localhost:3000/path",
                "http://user@localhost:3000",
                "a b:3000",
                "host\n:3000",
                "-:3000",
                "\u0663\u0660\u0660\u0660"
            })
    void badOnesGetOneClearLine(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(InvalidEndpointException.class)
                .hasMessageStartingWith("endpoint: " + text)
                .hasMessageContaining("(expected: ");
    }

    // T-W11: what names one folder is one endpoint
    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///home/ada/My%20site",
                "file:/home/ada/My site",
                "FILE://localhost/home/ada/My%20site/",
                "file:///home//ada/./x/../My%20site",
                "file:///home/ada/%4dy%20site",
                "file:///home/%61da/My%20site//"
            })
    void spellingsOfAFolderAreOneEndpoint(String text) {
        Endpoint folder = Endpoint.parse(text);
        assertThat(folder).hasToString("file:///home/ada/My%20site");
        assertThat(Endpoint.parse(folder.toString())).isEqualTo(folder);
        assertThat(folder.isFolder()).isTrue();
        assertThat(folder.isLoopback()).isFalse();
        assertThat(folder.shown()).isEqualTo("/home/ada/My site");
    }

    @ParameterizedTest
    @CsvSource({
        "file:///c:/Users/ada, file:///C:/Users/ada, C:/Users/ada",
        "file:///srv/\u00fc\u00df, file:///srv/%C3%BC%C3%9F, /srv/\u00fc\u00df",
        "file:///srv/50%25, file:///srv/50%25, /srv/50%",
        "file:///srv/a%5cb, file:///srv/a%5Cb, /srv/a\\b",
        "file:///srv/%ff, file:///srv/%FF, /srv/%FF"
    })
    void foldersOfOtherSystemsAndLettersKeepTheirPlace(String text, String normal, String shown) {
        assertThat(Endpoint.parse(text)).hasToString(normal);
        assertThat(Endpoint.parse(text).shown()).isEqualTo(shown);
        assertThat(Endpoint.parse(normal)).isEqualTo(Endpoint.parse(text));
    }

    // T-W11
    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:",
                "file://",
                "file:///",
                "file:///c:",
                "file:///C:/",
                "file:site",
                "file:./site",
                "file://server/share",
                "file:///../etc",
                "file:///a/../../etc",
                "file:///a?b",
                "file:///a#b",
                "file:///a%2fb",
                "file:///a%00b",
                "file:///a\0b",
                "file:///a%zz",
                "file:///a%2"
            })
    void pathsThatNameNoFolderAreRefused(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(InvalidEndpointException.class)
                .hasMessageStartingWith("endpoint: file:")
                .hasMessageContaining("(expected: ");
    }

    @Test
    void appsCallThemselvesHttpWhateverTheEndpointSpeaksBeneath() {
        assertThat(Endpoint.parse("h2c://[::1]:50051").origin()).isEqualTo("http://localhost:50051");
        assertThat(Endpoint.parse("https://nas.local:443").origin()).isEqualTo("https://nas.local:443");
    }

    @Test
    void jsonIsTheNormalForm() {
        String json = ApiJson.STRICT.writeValueAsString(Endpoint.parse("127.0.0.1:3000"));

        assertThat(json).isEqualTo("\"http://localhost:3000\"");
        assertThat(ApiJson.STRICT.readValue(json, Endpoint.class)).isEqualTo(Endpoint.parse("3000"));
    }
}
