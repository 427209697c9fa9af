package dev.porthole.desktop.cli;

import dev.porthole.desktop.cli.Grammar.Argument;
import dev.porthole.desktop.cli.Grammar.Word;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command on one page of Markdown, made of the same model as the help. */
record Reference(Grammar grammar) {
    String text() {
        StringBuilder page = new StringBuilder("""
                # Commands

                What `porthole` understands. Made from the program: `./porthole __manual markdown > desktop-app/docs/commands.md`,
                and a test says when that has to be done again.

                | command | does |
                | --- | --- |
                """);
        for (Word word : grammar.commands()) {
            if (!word.path().isEmpty() && word.runs()) {
                page.append("| [`")
                        .append(String.join(" ", word.path()))
                        .append("`](#")
                        .append(word.title().replace(' ', '-'))
                        .append(") | ")
                        .append(cell(word.summary()))
                        .append(" |\n");
            }
        }
        page.append("\n## Options of every command\n\n");
        options(
                page,
                grammar.commands().getFirst().spec().options().stream()
                        .filter(option -> !option.hidden())
                        .toList());
        page.append("""

                ## Exit codes

                | code | means |
                | --- | --- |
                """);
        ManualTexts.EXIT_CODES.forEach((code, meaning) ->
                page.append("| ").append(code).append(" | ").append(meaning).append(" |\n"));
        page.append("\n## Environment\n\n| variable | what it does |\n| --- | --- |\n");
        ManualTexts.ENVIRONMENT.forEach((name, meaning) ->
                page.append("| `").append(name).append("` | ").append(meaning).append(" |\n"));
        grammar.commands().stream()
                .filter(word -> !word.path().isEmpty() && word.runs())
                .forEach(word -> append(page, word));
        return page.toString();
    }

    private static void append(StringBuilder page, Word word) {
        page.append("\n## ").append(word.title()).append("\n\n");
        page.append(ManualTexts.sentences(word.spec().usageMessage().description()))
                .append("\n\n```\n")
                .append(ManualTexts.synopsis(word))
                .append("\n```\n");
        List<String> aliases = Arrays.asList(word.spec().aliases());
        if (!aliases.isEmpty()) {
            page.append("\nAlso: ")
                    .append(aliases.stream().map(alias -> "`" + alias + "`").collect(Collectors.joining(", ")))
                    .append(".\n");
        }
        if (!word.arguments().isEmpty()) {
            page.append("\n| argument | what |\n| --- | --- |\n");
            for (int i = 0; i < word.arguments().size(); i++) {
                Argument argument = word.arguments().get(i);
                ArgSpec spec = word.spec().positionalParameters().get(i);
                page.append("| `")
                        .append(argument.label())
                        .append("` | ")
                        .append(cell(ManualTexts.sentences(spec.description())))
                        .append(" |\n");
            }
        }
        List<OptionSpec> own = ManualTexts.ownOptions(word);
        if (!own.isEmpty()) {
            page.append('\n');
            options(page, own);
        }
        List<String> examples = ManualTexts.examples(word);
        if (!examples.isEmpty()) {
            page.append("\n```\n").append(String.join("\n", examples)).append("\n```\n");
        }
    }

    private static void options(StringBuilder page, List<OptionSpec> options) {
        page.append("| option | what |\n| --- | --- |\n");
        for (OptionSpec option : options) {
            page.append("| `")
                    .append(ManualTexts.spelled(option))
                    .append("` | ")
                    .append(cell(ManualTexts.sentences(option.description())))
                    .append(" |\n");
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }
}
