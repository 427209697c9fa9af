package dev.porthole.desktop.cli;

import dev.porthole.desktop.cli.Grammar.Option;
import dev.porthole.desktop.cli.Grammar.Values;
import dev.porthole.desktop.cli.Grammar.Word;
import java.util.stream.Collectors;

/** For zsh 5.0 and newer. */
final class ZshCompletion extends CompletionScript {
    private static final String BEGIN = """
            #compdef porthole
            # Completion for zsh. To have it in each new shell, after compinit:
            #   echo 'eval "$(porthole completion zsh)"' >> ~/.zshrc
            # or as a file named _porthole in a folder of $fpath.

            _porthole_asked() {
              local -a found
              local line
              for line in ${(f)"$(porthole __candidates $1 2>/dev/null)"}; do
                found+=("${line%%$'\\t'*}:${${line#*$'\\t'}//:/\\\\:}")
              done
              _describe -t values $1 found
            }

            _porthole() {
              local cur=${words[CURRENT]} prev=${words[CURRENT-1]} path_='' skip='' word
              local -a below options
              local -i i
              for ((i = 2; i < CURRENT; i++)); do
                word=${words[i]}
                if [[ -n $skip ]]; then
                  skip=''
                  continue
                fi
                case $word in
            """;
    private static final String AFTER_PATH = """
                  -*) ;;
                  *) path_+=${path_:+ }$word ;;
                esac
              done
              if [[ $cur == --*=* ]]; then
                prev=${cur%%=*}
                compset -P '*='
              fi
              case $prev in
            """;
    private static final String END = """
              esac
              if [[ $cur == -* ]]; then
                _describe -o options options
              elif ((${#below})); then
                _describe -t words word below
              fi
            }

            if [[ $funcstack[1] == _porthole ]]; then
              _porthole "$@"
            else
              compdef _porthole porthole
            fi
            """;

    ZshCompletion(Grammar grammar) {
        super(grammar);
    }

    @Override
    String text() {
        StringBuilder script = new StringBuilder(BEGIN);
        script.append("      ")
                .append(String.join("|", grammar.valued().keySet()))
                .append(") skip=1 ;;\n")
                .append(AFTER_PATH);
        valuedByWay()
                .forEach((values, names) -> script.append("    ")
                        .append(String.join("|", names))
                        .append(") ")
                        .append(reply(values))
                        .append("return ;;\n"));
        script.append("  esac\n  case $path_ in\n");
        grammar.commands().forEach(word -> append(script, word));
        return script.append(END).toString();
    }

    private void append(StringBuilder script, Word word) {
        String options =
                "options=(" + optionsOf(word).stream().map(this::option).collect(Collectors.joining(" ")) + ") ";
        script.append("    ").append(paths(word, "", "|")).append(")\n      ").append(options);
        if (word.isGroup()) {
            script.append("\n      below=(")
                    .append(grammar.below(word).stream()
                            .map(one -> described(one.name(), one.summary()))
                            .collect(Collectors.joining(" ")))
                    .append(")");
        } else if (!word.arguments().isEmpty()) {
            script.append("\n      [[ $cur == -* ]] || { ")
                    .append(reply(word.arguments().getFirst().values()))
                    .append("return; }");
        }
        script.append(" ;;\n");
        if (!word.isGroup()) {
            script.append("    ")
                    .append(paths(word, "' '*", "|"))
                    .append(") ")
                    .append(options)
                    .append(";;\n");
        }
    }

    private String reply(Values values) {
        if (values.file()) {
            return "_files; ";
        }
        if (values.asked() != null) {
            return "_porthole_asked " + values.asked() + "; ";
        }
        return values.words().isEmpty()
                ? ""
                : "compadd -- " + values.words().stream().map(this::quoted).collect(Collectors.joining(" ")) + "; ";
    }

    private String option(Option option) {
        return option.names().stream()
                .filter(name -> name.startsWith("--"))
                .map(name -> described(name, option.summary()))
                .collect(Collectors.joining(" "));
    }

    private String described(String word, String meaning) {
        return quoted(word + ":" + meaning.replace("\\", "\\\\").replace(":", "\\:"));
    }

    @Override
    String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
