package dev.porthole.desktop.cli;

import dev.porthole.desktop.cli.Grammar.Argument;
import dev.porthole.desktop.cli.Grammar.Word;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Every command on one page for man(1), made of the same model as the help; in the macros of man(7). */
record ManPage(Grammar grammar, String version) {
    String text() {
        StringBuilder page = new StringBuilder();
        page.append(".\\\" Made from the program by: porthole __manual man\n");
        page.append(".TH PORTHOLE 1 \"\" \"Porthole ").append(escaped(version)).append("\" \"User Commands\"\n");
        page.append(".SH NAME\nporthole \\- share a port of your computer through a server that you own\n");
        page.append(".SH SYNOPSIS\n.B porthole\n.br\n.B porthole\n.I COMMAND\n[\\fIOPTIONS\\fR]\n");
        page.append(".SH DESCRIPTION\n");
        line(
                page,
                ManualTexts.sentences(
                        grammar.commands().getFirst().spec().usageMessage().description()));
        line(page, "Without a command, porthole opens the desktop app.");
        page.append(".PP\n");
        line(page, "Data goes to standard output, everything else to standard error.");
        page.append(".SH OPTIONS\nEvery command takes these.\n");
        grammar.commands().getFirst().spec().options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> option(page, option));
        page.append(".SH COMMANDS\n");
        grammar.commands().stream()
                .filter(word -> !word.path().isEmpty() && word.runs())
                .forEach(word -> command(page, word));
        page.append(".SH EXIT STATUS\n");
        ManualTexts.EXIT_CODES.forEach((code, meaning) -> term(page, code, meaning));
        page.append(".SH ENVIRONMENT\n");
        ManualTexts.ENVIRONMENT.forEach((name, meaning) -> term(page, name, meaning));
        page.append(".SH FILES\n");
        term(page, "~/.config/porthole/config.yml", "the user's choices; porthole config path prints where it is");
        term(page, "~/.local/state/porthole/cli.log", "the log of the command line");
        return page.toString();
    }

    private static void command(StringBuilder page, Word word) {
        page.append(".SS ").append(escaped(ManualTexts.synopsis(word))).append('\n');
        for (String sentence : word.spec().usageMessage().description()) {
            line(page, sentence);
        }
        for (int i = 0; i < word.arguments().size(); i++) {
            Argument argument = word.arguments().get(i);
            term(
                    page,
                    argument.label(),
                    ManualTexts.sentences(
                            word.spec().positionalParameters().get(i).description()));
        }
        ManualTexts.ownOptions(word).forEach(option -> option(page, option));
        List<String> examples = ManualTexts.examples(word);
        if (!examples.isEmpty()) {
            page.append(".PP\n.nf\n.RS 4\n");
            examples.forEach(example -> line(page, example));
            page.append(".RE\n.fi\n");
        }
    }

    private static void option(StringBuilder page, OptionSpec option) {
        term(page, ManualTexts.spelled(option), ManualTexts.sentences(option.description()));
    }

    private static void term(StringBuilder page, String term, String meaning) {
        page.append(".TP\n.B ").append(escaped(term)).append('\n');
        line(page, meaning);
    }

    /** A line of text; one that begins like a request is none. */
    private static void line(StringBuilder page, String text) {
        String escaped = escaped(text);
        if (escaped.startsWith(".") || escaped.startsWith("'")) {
            page.append("\\&");
        }
        page.append(escaped).append('\n');
    }

    /** Hyphens as people type them, and no quotes that are turned into others (groff_char(7)). */
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("~", "\\(ti")
                .replace("^", "\\(ha")
                .replace("\"", "\\(dq");
    }
}
