package dev.porthole.desktop.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Commands before picocli has seen them. Its model of all of them takes longer than everything else that a short
 * command does, so of a line whose first words are those of a command only that one is made; whatever is not as simple
 * (an option or an alias in front, help, a mistake) gets all of them.
 */
final class CommandTree {
    /** A command that looks at the others: it is never made alone. */
    interface SeesAll {}

    private final Object command;
    private final List<CommandTree> subcommands = new ArrayList<>();

    CommandTree(Object command) {
        this.command = command;
    }

    CommandTree addSubcommand(Object subcommand) {
        return addSubcommand(new CommandTree(subcommand));
    }

    CommandTree addSubcommand(CommandTree subcommand) {
        subcommands.add(subcommand);
        return this;
    }

    /** Picocli's model of what these words need. */
    CommandLine of(List<String> words) {
        Optional<CommandTree> only = words.isEmpty()
                ? Optional.empty()
                : subcommands.stream()
                        .filter(subcommand -> subcommand.isCalled(words.getFirst()))
                        .findFirst();
        return only.isPresent()
                ? new CommandLine(command).addSubcommand(only.get().of(words.subList(1, words.size())))
                : all();
    }

    /** Picocli's model of all of them. */
    CommandLine all() {
        CommandLine line = new CommandLine(command);
        subcommands.forEach(subcommand -> line.addSubcommand(subcommand.all()));
        return line;
    }

    private boolean isCalled(String word) {
        CommandLine.Command named = command.getClass().getAnnotation(CommandLine.Command.class);
        return !(command instanceof SeesAll) && named != null && named.name().equals(word);
    }
}
