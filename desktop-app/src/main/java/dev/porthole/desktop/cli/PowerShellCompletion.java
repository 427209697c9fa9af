package dev.porthole.desktop.cli;

import dev.porthole.desktop.cli.Grammar.Option;
import dev.porthole.desktop.cli.Grammar.Values;
import dev.porthole.desktop.cli.Grammar.Word;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** For Windows PowerShell 5.1 and PowerShell 7. */
final class PowerShellCompletion extends CompletionScript {
    private static final String BEGIN = """
            # Completion for PowerShell. To have it in each new shell:
            #   porthole completion powershell | Out-String | Invoke-Expression   (in $PROFILE)

            Register-ArgumentCompleter -Native -CommandName porthole -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                # By the names of options, to their case.
                $valued = [System.Collections.Hashtable]::new([System.StringComparer]::Ordinal)
            """;
    private static final String AFTER_VALUED = """
                $below = @{}
                $options = @{}
            """;
    private static final String END = """
                $path = @()
                $skip = $false
                $before = ''
                foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
                    # What is being typed is no part of the path; -le, because an empty word is no element.
                    if ($wordToComplete -and $element.Extent.EndOffset -ge $cursorPosition) { break }
                    $word = $element.ToString()
                    $before = $word
                    if ($skip) { $skip = $false; continue }
                    if ($valued.ContainsKey($word)) { $skip = $true; continue }
                    if (-not $word.StartsWith('-')) { $path += $word }
                }
                $key = $path -join ' '
                if ($skip) {
                    $found = $valued[$before]
                } elseif ($wordToComplete -like '-*') {
                    $command = $key
                    while (-not $options.ContainsKey($command) -and $command.Contains(' ')) {
                        $command = $command.Substring(0, $command.LastIndexOf(' '))
                    }
                    $found = $options[$command]
                } else {
                    $found = $below[$key]
                }
                if ($found -is [scriptblock]) { $found = & $found }
                foreach ($one in $found) {
                    $word, $meaning = $one -split "`t", 2
                    if (-not $meaning) { $meaning = $word }
                    if ($word -like "$wordToComplete*") {
                        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $meaning)
                    }
                }
            }
            """;

    PowerShellCompletion(Grammar grammar) {
        super(grammar);
    }

    @Override
    String text() {
        StringBuilder script = new StringBuilder(BEGIN);
        grammar.valued()
                .forEach((name, option) -> script.append("    $valued[")
                        .append(quoted(name))
                        .append("] = ")
                        .append(list(option.values()))
                        .append('\n'));
        script.append(AFTER_VALUED);
        grammar.commands().forEach(word -> append(script, word));
        return script.append(END).toString();
    }

    private void append(StringBuilder script, Word word) {
        for (List<String> path : word.spellings()) {
            String key = quoted(String.join(" ", path));
            if (word.isGroup()) {
                script.append("    $below[")
                        .append(key)
                        .append("] = ")
                        .append(described(grammar.below(word).stream().map(one -> one.name() + "\t" + one.summary())))
                        .append('\n');
            } else if (!word.arguments().isEmpty()) {
                script.append("    $below[")
                        .append(key)
                        .append("] = ")
                        .append(list(word.arguments().getFirst().values()))
                        .append('\n');
            }
            script.append("    $options[")
                    .append(key)
                    .append("] = ")
                    .append(described(optionsOf(word).stream().flatMap(PowerShellCompletion::described)))
                    .append('\n');
        }
    }

    private static Stream<String> described(Option option) {
        return option.names().stream()
                .filter(name -> name.startsWith("--"))
                .map(name -> name + "\t" + option.summary());
    }

    private String described(Stream<String> words) {
        return "@(" + words.map(this::quoted).collect(Collectors.joining(", ")) + ")";
    }

    private String list(Values values) {
        return values.asked() == null
                ? described(values.words().stream())
                : "{ porthole __candidates " + values.asked() + " 2>$null }";
    }

    @Override
    String quoted(String text) {
        // A tab between a word and its meaning is no character of a literal.
        String literal = "'" + text.replace("'", "''") + "'";
        return literal.contains("\t") ? "(" + literal.replace("\t", "' + \"`t\" + '") + ")" : literal;
    }
}
