package dev.porthole.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Settings;
import dev.porthole.core.update.Channel;
import dev.porthole.desktop.ui.Appearance;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Scale;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code porthole config set} takes is what the window's settings keep. */
class SettingsAgreeTest {
    @Test
    void wordsAreThoseOfTheWindow() {
        assertThat(Settings.named("theme").expected()).isEqualTo(words(Appearance.values()));
        assertThat(Settings.named("language").expected()).isEqualTo(words(Language.values()));
        assertThat(Settings.named("scale").expected()).isEqualTo(words(Scale.values()));
        assertThat(Settings.named("update-channel").expected()).isEqualTo(words(Channel.values()));
    }

    private static String words(Enum<?>... choices) {
        return Arrays.stream(choices)
                .map(choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining("|"));
    }
}
