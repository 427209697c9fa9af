package dev.porthole.desktop.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Every command with what may follow it, read from picocli's model: what completion scripts, the manual and the
 * reference are made of. Hidden commands and options are left out.
 *
 * @param commands in the order of the help, each after the one that holds it; the first is {@code porthole} itself
 */
record Grammar(List<Word> commands) {
    /**
     * One command.
     *
     * @param path the words after {@code porthole}; empty for that itself
     * @param spellings the same with each alias, the path first
     * @param options its own, without those that every command takes
     * @param arguments those without a name, in their order
     */
    record Word(
            List<String> path,
            List<List<String>> spellings,
            CommandSpec spec,
            List<Option> options,
            List<Argument> arguments) {
        /** The first line of its description, without a full stop. */
        String summary() {
            return summaryOf(spec.usageMessage().description());
        }

        /** Such as {@code porthole tunnel list}. */
        String title() {
            return path.isEmpty() ? "porthole" : "porthole " + String.join(" ", path);
        }

        /** The last word. */
        String name() {
            return path.getLast();
        }

        /** Whether it holds others. */
        boolean isGroup() {
            return !spec.subcommands().isEmpty();
        }

        /** Whether it does something by itself: all but those that only hold others. */
        boolean runs() {
            return !(spec.userObject() instanceof Group);
        }
    }

    /**
     * An option.
     *
     * @param names such as {@code -o} and {@code --output}
     * @param label of its value, such as {@code FORMAT}; null if it takes none
     */
    record Option(
            List<String> names, String summary, @Nullable String label, Values values) {
        boolean takesValue() {
            return label != null;
        }
    }

    /** What has no name, such as {@code TUNNEL}. */
    record Argument(String label, String summary, Values values) {}

    /**
     * What a value may be.
     *
     * @param words all that there are; empty if they are not words
     * @param asked what {@code porthole __candidates} is asked for, or null
     * @param file whether it is a file's name
     */
    record Values(List<String> words, @Nullable String asked, boolean file) {
        static Values of(ArgSpec spec) {
            Iterable<String> candidates = spec.completionCandidates();
            if (candidates instanceof Candidates asked) {
                return new Values(List.of(), asked.kind(), false);
            }
            List<String> words = candidates == null
                    ? List.of()
                    : StreamSupport.stream(candidates.spliterator(), false).toList();
            return new Values(words, null, words.isEmpty() && spec.type() == Path.class);
        }
    }

    static Grammar of(CommandLine root) {
        List<Word> commands = new ArrayList<>();
        collect(root.getCommandSpec(), List.of(), List.of(List.of()), commands);
        return new Grammar(List.copyOf(commands));
    }

    /** The options that every command takes. */
    List<Option> common() {
        return commands.getFirst().spec().options().stream()
                .filter(HelpLayout::isCommon)
                .map(Grammar::option)
                .toList();
    }

    /** The commands right below one. */
    List<Word> below(Word word) {
        int depth = word.path().size();
        return commands.stream()
                .filter(one -> one.path().size() == depth + 1
                        && one.path().subList(0, depth).equals(word.path()))
                .toList();
    }

    /** Each option that takes a value, by each of its names; one name means the same in every command. */
    Map<String, Option> valued() {
        Map<String, Option> valued = new LinkedHashMap<>();
        List<Option> all = new ArrayList<>(common());
        commands.forEach(word -> all.addAll(word.options()));
        for (Option option : all) {
            if (option.takesValue()) {
                option.names().forEach(name -> valued.putIfAbsent(name, option));
            }
        }
        return valued;
    }

    private static void collect(
            CommandSpec spec, List<String> path, List<List<String>> spellings, List<Word> commands) {
        List<Option> options = spec.options().stream()
                .filter(option -> !option.hidden() && !HelpLayout.isCommon(option))
                .map(Grammar::option)
                .toList();
        List<Argument> arguments = spec.positionalParameters().stream()
                .filter(argument -> !argument.hidden())
                .map(Grammar::argument)
                .toList();
        commands.add(new Word(path, spellings, spec, options, arguments));
        for (CommandLine below : distinct(spec)) {
            CommandSpec one = below.getCommandSpec();
            if (!one.usageMessage().hidden()) {
                List<List<String>> spelled = new ArrayList<>();
                for (List<String> start : spellings) {
                    spelled.add(longer(start, one.name()));
                    for (String alias : one.aliases()) {
                        spelled.add(longer(start, alias));
                    }
                }
                collect(one, longer(path, one.name()), List.copyOf(spelled), commands);
            }
        }
    }

    /** Picocli has a command once for each of its names. */
    private static List<CommandLine> distinct(CommandSpec spec) {
        return spec.subcommands().values().stream().distinct().toList();
    }

    private static List<String> longer(List<String> path, String word) {
        List<String> longer = new ArrayList<>(path);
        longer.add(word);
        return List.copyOf(longer);
    }

    private static Option option(OptionSpec spec) {
        boolean takesValue = spec.arity().max() > 0;
        return new Option(
                List.of(spec.names()),
                summaryOf(spec.description()),
                takesValue ? spec.paramLabel() : null,
                Values.of(spec));
    }

    private static Argument argument(PositionalParamSpec spec) {
        return new Argument(spec.paramLabel(), summaryOf(spec.description()), Values.of(spec));
    }

    /** The first sentence, without its full stop. */
    static String summaryOf(String... description) {
        if (description.length == 0) {
            return "";
        }
        String first = description[0].replaceFirst("[.;:] .*", "");
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
