package dev.porthole.desktop.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentWordsTest {
    // B-B16, T-L4
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1 | Safari on iPhone",
                "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/131.0 Safari/537.36 Edg/131.0 | Edge on Windows",
                "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0 | Firefox on Linux",
                "Mozilla/5.0 (Linux; Android 15) Chrome/131.0 Mobile Safari/537.36 | Chrome on Android",
                "GitHub-Hookshot/8f1c2d3 | GitHub-Hookshot",
                "curl/8.5.0 | curl",
                "\"\" | unknown client",
                "evil\u202eagent\u0007/1 | evilagent"
            })
    void clientIsSaidInFewWords(String agent, String words) {
        assertThat(AgentWords.of(agent)).isEqualTo(words);
    }
}
