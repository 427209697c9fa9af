package dev.porthole.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderTest {
    @ParameterizedTest
    @CsvSource({
        "visitor, visitor",
        "Localhost, localhost",
        "Shop.test, shop.test",
        "shop.test:8080, shop.test:8080",
        "localhost:5000, localhost:5000",
        "my_app, my_app",
        "[FD00::1]:80, [fd00::1]:80",
        "192.168.1.5, 192.168.1.5"
    })
    void wordsAndNamesAreRead(String text, String normal) {
        assertThat(HostHeader.parse(text)).hasToString(normal);
        assertThat(HostHeader.parse(normal)).isEqualTo(HostHeader.parse(text));
    }

    @Test
    void theWordsAreTheOtherWays() {
        assertThat(HostHeader.parse("visitor")).isEqualTo(HostHeader.visitor());
        assertThat(HostHeader.parse("localhost")).isEqualTo(HostHeader.localhost());
        assertThat(HostHeader.parse("a.test")).isEqualTo(new HostHeader.Fixed("a.test"));
    }

    // T-L4, T-C2
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\r\nX-Evil: 1",
                "http://shop.test",
                "shop.test/",
                "user@shop.test",
                "shop.test:",
                "shop.test:0",
                "shop.test:65536",
                "shop.test:http",
                "::1",
                "[::1",
                "-a",
                "caf\u00e9"
            })
    void whatIsNoNameIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> HostHeader.parse(text))
                .isInstanceOf(InvalidHostHeaderException.class)
                .hasMessageStartingWith("host header: ")
                .hasMessageContaining("(expected: ");
    }

    @Test
    void jsonIsItsText() {
        String json = ApiJson.STRICT.writeValueAsString(TunnelUpdate.show(new HostHeader.Fixed("shop.test")));
        assertThat(json).isEqualTo("{\"hostHeader\":\"shop.test\"}");
        assertThat(ApiJson.STRICT.readValue(json, TunnelUpdate.class).hostHeader())
                .isEqualTo(new HostHeader.Fixed("shop.test"));
        assertThat(ApiJson.STRICT.readValue("\"localhost\"", HostHeader.class)).isEqualTo(HostHeader.localhost());
    }
}
