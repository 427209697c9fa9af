package dev.porthole.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    // B-B10
    @ParameterizedTest
    @CsvSource({
        "tunnels.example.com, https://tunnels.example.com",
        "Tunnels.Example.com:8443, https://tunnels.example.com:8443",
        "https://tunnels.example.com/, https://tunnels.example.com",
        "localhost:8080, http://localhost:8080",
        "porthole.localhost:8080, http://porthole.localhost:8080",
        "127.0.0.1:8080, http://127.0.0.1:8080",
        "127.9.9.9, http://127.9.9.9",
        "[::1]:8080, http://[::1]:8080",
        "http://localhost:8080, http://localhost:8080",
        "HTTPS://localhost:8443, https://localhost:8443"
    })
    void withoutASchemeItIsHttpsAndHttpForThisComputer(String text, String expected) {
        assertThat(ServerAddress.parse(text)).hasToString(expected);
    }

    // T-L5
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tunnels.example.com",
                "http://10.0.0.5:8080",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://0.0.0.0:8080",
                "http://128.0.0.1"
            })
    void plainHttpToAnotherComputerIsRefused(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text))
                .isInstanceOf(InvalidServerAddressException.class)
                .hasMessageContaining("plain http is for this computer only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "://",
                "ftp://example.com",
                "https://user:secret@example.com",
                "https://example.com/path",
                "https://example.com?x",
                "https://example.com#x",
                "example.com:0",
                "example.com:65536",
                "exa mple.com"
            })
    void whatIsNoServerGetsOneLine(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text))
                .isInstanceOf(InvalidServerAddressException.class)
                .hasMessageStartingWith("server: ")
                .hasMessageContaining("(expected: ");
    }

    // RFC 6761, section 6.3
    @Test
    void namesBelowLocalhostAreThisComputer() throws Exception {
        InetAddress[] addresses = InetAddress.getAllByName("happy-panda-dancing.localhost");

        assertThat(addresses).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
        assertThat(addresses[0]).isInstanceOf(Inet4Address.class);
    }
}
