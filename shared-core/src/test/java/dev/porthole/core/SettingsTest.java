package dev.porthole.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.config.Config;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void eachSettingIsReadBackAsItWasChosenAndLeavesNothingBehind() {
        Map<String, String> typed = new LinkedHashMap<>();
        Settings.list()
                .forEach(setting -> typed.put(setting.key(), setting.expected().split("\\|", -1)[0]));
        typed.put("server", "Tunnels.Example.com");
        typed.put("project", "prj_0f3c");
        Config config = Config.EMPTY;
        for (Setting setting : Settings.list()) {
            assertThat(setting.of(config)).isEmpty();
            config = setting.with(config, Objects.requireNonNull(typed.get(setting.key())));
            assertThat(setting.of(config)).isPresent();
        }
        assertThat(Settings.named("server").of(config)).contains("https://tunnels.example.com");
        for (Setting setting : Settings.list()) {
            config = setting.without(config);
        }
        assertThat(config).isEqualTo(Config.EMPTY);
    }

    @Test
    void anotherProjectForgetsTheOrganizationOfTheOneBefore() {
        Config config = Config.EMPTY.withProject("org_1", "prj_1");
        assertThat(Settings.named("project").with(config, "prj_2").organization())
                .isEmpty();
    }

    @Test
    void unknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> Settings.named("colour"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("setting: colour (expected: one of server, project, theme");
    }
}
