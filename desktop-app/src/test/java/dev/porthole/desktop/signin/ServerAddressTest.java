package dev.porthole.desktop.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    // B-B10
    @ParameterizedTest
    @ValueSource(strings = {"tunnels.example.com", "https://t.example.com:8443", "localhost:8080", "http://[::1]:80/"})
    void goodAddressHasNoProblem(String typed) {
        assertThat(ServerAddress.problemWith(typed)).isEmpty();
    }

    // B-B10
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://t.example.com",
                "http://t.example.com",
                "t.example.com/path",
                "https://a@t.example.com",
                "two words",
                "t.example.com:99999"
            })
    void badAddressIsExplained(String typed) {
        assertThat(ServerAddress.problemWith(typed)).isPresent();
    }
}
