package dev.porthole.core;

import dev.porthole.core.api.InvalidServerAddressException;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The choices of {@code config.yml} that people may make by name, in the order in which they are listed. What is chosen
 * for single endpoints is not among them: sharing an endpoint chooses that.
 */
public final class Settings {
    private static final Pattern PROJECT = Pattern.compile("prj_[A-Za-z0-9]{1,64}");
    private static final List<Setting> ALL = all();

    private Settings() {}

    /** All of them. */
    public static List<Setting> list() {
        return ALL;
    }

    /**
     * The one of this name.
     *
     * @throws InvalidSettingException if there is none
     */
    public static Setting named(String key) {
        return ALL.stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException("setting: " + key + " (expected: one of "
                        + ALL.stream().map(Setting::key).collect(Collectors.joining(", ")) + ")"));
    }

    private static List<Setting> all() {
        List<Setting> all = new ArrayList<>();
        all.add(new Setting(
                "server",
                "The server that commands and the app use",
                "an address such as tunnels.example.com",
                Settings::server,
                Config::server,
                Config::withServer));
        all.add(new Setting(
                "project",
                "The active project, by its id",
                "an id such as prj_0f3c",
                Settings::project,
                Config::project,
                // The organization of another project is another one, and is found when the project is used.
                (config, project) -> config.withProject(null, project)));
        all.add(words("theme", "The window's colours", "system", "light", "dark"));
        all.add(words("contrast", "The window's contrast", "usual", "high"));
        all.add(words("language", "The window's language", "system", "english", "german"));
        all.add(words(
                "scale",
                "The window's size, from its next start",
                "system",
                "normal",
                "large",
                "larger",
                "very-large",
                "double"));
        all.add(words("update-channel", "Which releases are told of", "stable", "beta"));
        all.add(yesOrNo("update-daily", "Whether new releases are looked for each day"));
        all.add(yesOrNo("start-hidden", "Whether a start at sign-in opens no window"));
        all.add(yesOrNo("notify-ready", "Whether it is told that a tunnel works"));
        all.add(yesOrNo("notify-lost", "Whether it is told that a tunnel works no more"));
        all.add(yesOrNo("notify-sign-in", "Whether it is told that one has to sign in again"));
        all.add(yesOrNo("notify-first-visitor", "Whether a tunnel's first visitor is told"));
        return List.copyOf(all);
    }

    private static Setting yesOrNo(String key, String meaning) {
        return words(key, meaning, "true", "false");
    }

    private static Setting words(String key, String meaning, String... words) {
        String expected = String.join("|", words);
        return new Setting(
                key,
                meaning,
                expected,
                typed -> {
                    String word = typed.toLowerCase(Locale.ROOT);
                    if (!List.of(words).contains(word)) {
                        throw new InvalidSettingException(
                                key + ": " + typed + " (expected: " + String.join(", ", words) + ")");
                    }
                    return word;
                },
                config -> config.preference(key),
                (config, value) -> config.withPreference(key, value));
    }

    private static String server(String typed) {
        try {
            return ServerAddress.parse(typed).toString();
        } catch (InvalidServerAddressException wrong) {
            throw new InvalidSettingException(String.valueOf(wrong.getMessage()));
        }
    }

    private static String project(String typed) {
        if (!PROJECT.matcher(typed).matches()) {
            throw new InvalidSettingException(
                    "project: " + typed + " (expected: an id that 'porthole projects list' shows)");
        }
        return typed;
    }
}
