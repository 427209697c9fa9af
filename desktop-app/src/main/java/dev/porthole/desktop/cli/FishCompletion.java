package dev.porthole.desktop.cli;

import dev.porthole.desktop.cli.Grammar.Option;
import dev.porthole.desktop.cli.Grammar.Values;
import dev.porthole.desktop.cli.Grammar.Word;
import java.util.List;
import java.util.stream.Collectors;

/** For fish 3.0 and newer. */
final class FishCompletion extends CompletionScript {
    private static final String BEGIN = """
            # Completion for fish. To have it in each new shell:
            #   porthole completion fish > ~/.config/fish/completions/porthole.fish

            function __porthole_path
                set -l skip
                set -l path
                set -l words (commandline -opc)
                for word in $words[2..-1]
                    if set -q skip[1]
                        set skip
                        continue
                    end
                    switch $word
            """;
    private static final String AFTER_PATH = """
                        case '-*'
                        case '*'
                            set path $path $word
                    end
                end
                echo "$path"
            end

            function __porthole_at
                set -l path (__porthole_path)
                contains -- "$path" $argv
            end

            function __porthole_in
                set -l path (__porthole_path)
                for one in $argv
                    test "$path" = "$one"; and return 0
                    string match -q -- "$one *" "$path"; and return 0
                end
                return 1
            end

            complete -c porthole -f
            """;

    FishCompletion(Grammar grammar) {
        super(grammar);
    }

    @Override
    String text() {
        StringBuilder script = new StringBuilder(BEGIN);
        script.append("            case ")
                .append(String.join(" ", grammar.valued().keySet()))
                .append("\n                set skip 1\n")
                .append(AFTER_PATH);
        grammar.common().forEach(option -> script.append(line("", option)));
        for (Word word : grammar.commands()) {
            String at = " -n " + quoted("__porthole_at " + paths(word, "", " "));
            for (Word below : grammar.below(word)) {
                script.append("complete -c porthole")
                        .append(at)
                        .append(" -a ")
                        .append(below.name())
                        .append(" -d ")
                        .append(quoted(below.summary()))
                        .append('\n');
            }
            if (!word.isGroup() && !word.arguments().isEmpty()) {
                String list = list(word.arguments().getFirst().values());
                if (!list.isEmpty()) {
                    script.append("complete -c porthole")
                            .append(at)
                            .append(list)
                            .append('\n');
                }
            }
            String in = word.path().isEmpty() ? at : at.replace("__porthole_at", "__porthole_in");
            word.options().forEach(option -> script.append(line(in, option)));
        }
        return script.toString();
    }

    private String line(String condition, Option option) {
        String names = option.names().stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
        String value = option.takesValue() ? (option.values().file() ? " -r -F" : " -x" + list(option.values())) : "";
        return "complete -c porthole" + condition + names + value + " -d " + quoted(option.summary()) + "\n";
    }

    private String list(Values values) {
        if (values.file()) {
            return " -F";
        }
        if (values.asked() != null) {
            return " -a " + quoted("(porthole __candidates " + values.asked() + " 2>/dev/null)");
        }
        List<String> words = values.words();
        return words.isEmpty() ? "" : " -a " + quoted(String.join(" ", words));
    }

    @Override
    String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
