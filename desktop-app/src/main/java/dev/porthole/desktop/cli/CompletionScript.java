package dev.porthole.desktop.cli;

import dev.porthole.desktop.cli.Grammar.Option;
import dev.porthole.desktop.cli.Grammar.Values;
import dev.porthole.desktop.cli.Grammar.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shell's completion script. Everything that is known when it is written is in it, so that a key press starts no
 * program; only ids of tunnels and the like are asked for, from {@code porthole __candidates}.
 *
 * <p>All of them go about it in the same way: the words before the cursor without options and their values are the path
 * of a command; what may follow it, or what the value of the option before the cursor may be, is looked up.
 */
abstract class CompletionScript {
    final Grammar grammar;

    CompletionScript(Grammar grammar) {
        this.grammar = grammar;
    }

    /** The script, with a line break at its end. */
    abstract String text();

    /** A text as one word of the shell, whatever is in it. */
    abstract String quoted(String text);

    /** The options that take a value and are completed in the same way, by their names. */
    final Map<Values, List<String>> valuedByWay() {
        Map<Values, List<String>> ways = new LinkedHashMap<>();
        grammar.valued()
                .forEach((name, option) -> ways.merge(
                        option.values(),
                        List.of(name),
                        (one, other) ->
                                Stream.of(one, other).flatMap(List::stream).toList()));
        return ways;
    }

    /** All options of a command. */
    final List<Option> optionsOf(Word word) {
        return Stream.of(word.options(), grammar.common()).flatMap(List::stream).toList();
    }

    /** The paths of a command as the words of the shell, each followed by {@code end}, with this between them. */
    final String paths(Word word, String end, String between) {
        return word.spellings().stream()
                .map(path -> quoted(String.join(" ", path)) + end)
                .collect(Collectors.joining(between));
    }
}
