package dev.porthole.desktop.cli;

import dev.porthole.desktop.cli.Grammar.Word;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

/** What the manual and the reference say in the same words. */
final class ManualTexts {
    /** By their numbers. */
    static final Map<String, String> EXIT_CODES = ordered(
            "0", "fine",
            "1", "failed: the server said no, or a step could not be done",
            "2", "wrong use: what was given can't be",
            "3", "not signed in",
            "4", "not found, or not yours",
            "5", "the server can't be reached",
            "130", "stopped by Ctrl+C before it was done");

    /** By their names. */
    static final Map<String, String> ENVIRONMENT = ordered(
            "PORTHOLE_HOME", "a folder for all of a user's files, instead of the system's own places",
            "PORTHOLE_SERVER", "the server, as --server",
            "PORTHOLE_PROJECT", "the project's id, as --project",
            "PORTHOLE_API_KEY", "an API key, instead of a sign-in",
            "PORTHOLE_CONNECTOR_TOKEN", "the credential of an external connector, for porthole agent",
            "PORTHOLE_PUBLIC_URL", "the address of an endpoint that is reached by other means",
            "PORTHOLE_GITHUB_APP_KEY", "the private key (PEM) of a GitHub App whose webhook follows a tunnel",
            "PORTHOLE_GITHUB_WEBHOOK_SECRET", "the secret of that webhook",
            "PORTHOLE_GITHUB_API", "the API of a GitHub Enterprise Server: https://HOST/api/v3",
            "PORTHOLE_JAVA_HOME", "the folder of the JDK that a checkout is started with",
            "HTTPS_PROXY, ALL_PROXY, NO_PROXY", "the proxy to the server, and what is reached without one",
            "NO_COLOR", "anything: no colours, on a terminal either",
            "COLUMNS", "how wide tables may be on a terminal");

    private ManualTexts() {}

    /** Such as {@code porthole tunnel update [OPTIONS] TUNNEL}. */
    static String synopsis(Word word) {
        return HelpLayout.synopsis(word.spec());
    }

    /** The options that this command has beside those of every command. */
    static List<OptionSpec> ownOptions(Word word) {
        List<List<String>> own =
                word.options().stream().map(Grammar.Option::names).toList();
        return word.spec().options().stream()
                .filter(option -> own.contains(List.of(option.names())))
                .toList();
    }

    /** Such as {@code -o, --output FORMAT}. */
    static String spelled(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    /** All lines of a description in one. */
    static String sentences(String... description) {
        return String.join(" ", description);
    }

    /** The lines of a command's footer, without what they are moved in by. */
    static List<String> examples(Word word) {
        return Arrays.stream(word.spec().usageMessage().footer())
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static Map<String, String> ordered(String... namesAndMeanings) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int i = 0; i < namesAndMeanings.length; i += 2) {
            ordered.put(namesAndMeanings[i], namesAndMeanings[i + 1]);
        }
        return java.util.Collections.unmodifiableMap(ordered);
    }
}
