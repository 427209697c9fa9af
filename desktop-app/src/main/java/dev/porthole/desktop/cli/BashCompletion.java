package dev.porthole.desktop.cli;

import dev.porthole.desktop.cli.Grammar.Values;
import dev.porthole.desktop.cli.Grammar.Word;
import java.util.stream.Collectors;

/** For bash 3.2 (macOS has no later one) and newer. */
final class BashCompletion extends CompletionScript {
    private static final String BEGIN = """
            # Completion for bash. To have it in each new shell:
            #   echo 'eval "$(porthole completion bash)"' >> ~/.bashrc

            _porthole() {
              local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path='' skip='' word i
              # bash makes three words of --output=json.
              if [[ $cur == = ]]; then
                cur=''
              elif [[ $prev == = ]]; then
                prev=${COMP_WORDS[COMP_CWORD-2]}
              fi
              for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if [[ -n $skip ]]; then
                  [[ $word == = ]] || skip=''
                  continue
                fi
                case $word in
            """;
    private static final String AFTER_PATH = """
                  -*) ;;
                  *) path+=${path:+ }$word ;;
                esac
              done
              COMPREPLY=()
              case $prev in
            """;
    private static final String END = """
                  *) return ;;
                esac
              if [[ $cur == -* ]]; then
                COMPREPLY=($(compgen -W "$options" -- "$cur"))
              else
                COMPREPLY=($(compgen -W "$words" -- "$cur"))
              fi
            }

            complete -F _porthole porthole
            """;

    BashCompletion(Grammar grammar) {
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
        script.append("  esac\n  local words='' options=''\n  case $path in\n");
        grammar.commands().forEach(word -> append(script, word));
        return script.append(END).toString();
    }

    private void append(StringBuilder script, Word word) {
        String options = optionsOf(word).stream()
                .flatMap(option -> option.names().stream())
                .filter(name -> name.startsWith("--"))
                .collect(Collectors.joining(" "));
        String words = word.isGroup()
                ? quoted(grammar.below(word).stream().map(Word::name).collect(Collectors.joining(" ")))
                : word.arguments().isEmpty()
                        ? "''"
                        : list(word.arguments().getFirst().values());
        script.append("      ")
                .append(paths(word, "", "|"))
                .append(") words=")
                .append(words)
                .append("; options=")
                .append(quoted(options))
                .append(" ;;\n");
        if (!word.isGroup()) {
            script.append("      ")
                    .append(paths(word, "' '*", "|"))
                    .append(") options=")
                    .append(quoted(options))
                    .append(" ;;\n");
        }
    }

    private String reply(Values values) {
        if (values.file()) {
            return "COMPREPLY=($(compgen -f -- \"$cur\")); ";
        }
        String list = list(values);
        return list.equals("''") ? "" : "COMPREPLY=($(compgen -W " + list + " -- \"$cur\")); ";
    }

    private String list(Values values) {
        return values.asked() == null
                ? quoted(String.join(" ", values.words()))
                : "\"$(porthole __candidates " + values.asked() + " 2>/dev/null | cut -f 1)\"";
    }

    @Override
    String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
