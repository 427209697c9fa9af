package dev.porthole.desktop.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeepLinkTest {
    // T-L2
    @ParameterizedTest
    @ValueSource(strings = {"porthole://share?port=3000", "porthole://share/?port=3000"})
    void carriesALoopbackPort(String link) throws Exception {
        assertThat(DeepLink.parse(link)).isEqualTo(new DeepLink(3000));
    }

    // T-L2
    @ParameterizedTest
    @ValueSource(
            strings = {
                "porthole://share?port=0",
                "porthole://share?port=65536",
                "porthole://share?port=99999",
                "porthole://share?port=300000",
                "porthole://share?port=-1",
                "porthole://share?port=+80",
                "porthole://share?port=３０００",
                "porthole://share?port=3000&server=evil.example",
                "porthole://share?port=3000&port=22",
                "porthole://share?server=evil.example&port=3000",
                "porthole://share?port=3000#x",
                "porthole://share?port=10.0.0.5:22",
                "porthole://share?port=",
                "porthole://share",
                "porthole://user@share?port=3000",
                "porthole://share:80?port=3000",
                "porthole://sharex?port=3000",
                "porthole://delete?port=3000",
                "porthole:share?port=3000",
                "PORTHOLE://share?port=3000\n",
                "https://share?port=3000",
                ""
            })
    void carriesNothingElse(String link) {
        assertThatThrownBy(() -> DeepLink.parse(link))
                .isInstanceOf(DeepLink.InvalidLinkException.class)
                .hasMessageStartingWith("link: ")
                .hasMessageEndingWith("(expected: porthole://share?port= and a port from 1 to 65535, nothing else)");
    }

    // T-L4
    @org.junit.jupiter.api.Test
    void whatIsWrongIsSaidOnOneLineWithoutControlCharacters() {
        assertThatThrownBy(() -> DeepLink.parse("porthole://share?port=\u001b[2J\n" + "x".repeat(500)))
                .message()
                .matches("[\\x20-\\x7e]{1,200}");
    }
}
