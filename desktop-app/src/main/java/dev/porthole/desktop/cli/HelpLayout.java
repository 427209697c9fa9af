package dev.porthole.desktop.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/**
 * How {@code --help} is laid out: what a command needs first, then what it has of its own, and what every command takes
 * at the end. Worked out when it is asked for, so that no command starts later for it.
 */
final class HelpLayout {
    private HelpLayout() {}

    /** Lays the help of a command and of all below it out so. */
    static void apply(CommandLine command) {
        Map<String, CommandLine.IHelpSectionRenderer> sections = command.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, HelpLayout::synopsis);
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, HelpLayout::commands);
        command.setHelpSectionMap(sections);
        List<String> order = new ArrayList<>(command.getHelpSectionKeys());
        order.remove(UsageMessageSpec.SECTION_KEY_OPTION_LIST);
        order.add(
                order.indexOf(UsageMessageSpec.SECTION_KEY_COMMAND_LIST) + 1, UsageMessageSpec.SECTION_KEY_OPTION_LIST);
        command.setHelpSectionKeys(order);
    }

    private static String synopsis(Help help) {
        return synopsis(help.commandSpec()) + System.lineSeparator();
    }

    /** Such as {@code porthole tunnel update [OPTIONS] TUNNEL}. */
    static String synopsis(CommandSpec spec) {
        StringBuilder words = new StringBuilder(spec.qualifiedName());
        boolean needsCommand = spec.userObject() instanceof Group || spec.userObject() instanceof RootCommand;
        words.append(needsCommand ? " COMMAND [OPTIONS]" : " [OPTIONS]");
        for (OptionSpec option : spec.options()) {
            if (option.required() && option.group() == null && !option.hidden()) {
                words.append(' ').append(option.longestName()).append(' ').append(option.paramLabel());
            }
        }
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            if (!argument.hidden()) {
                String label = argument.paramLabel();
                words.append(' ').append(argument.arity().min() == 0 ? "[" + label + "]" : label);
            }
        }
        return words.toString();
    }

    /** Whether an option was declared at the root, for every command. */
    static boolean isCommon(OptionSpec option) {
        return option.scopeType() == ScopeType.INHERIT;
    }

    private static String commands(Help help) {
        String line = System.lineSeparator();
        return help.commandSpec().subcommands().isEmpty() ? "" : line + "Commands:" + line;
    }

    private static String options(Help help) {
        List<OptionSpec> shown = help.commandSpec().options().stream()
                .filter(option -> !option.hidden())
                .toList();
        List<OptionSpec> own =
                shown.stream().filter(option -> !isCommon(option)).toList();
        List<OptionSpec> common = shown.stream().filter(HelpLayout::isCommon).toList();
        String line = System.lineSeparator();
        String before = help.commandSpec().subcommands().isEmpty() ? "" : line;
        String first = own.isEmpty() ? "" : before + listed(help, own);
        return first + line + "Options of every command:" + line + listed(help, common);
    }

    private static String listed(Help help, List<OptionSpec> options) {
        Help.Layout layout = help.createDefaultLayout();
        layout.addOptions(options, help.parameterLabelRenderer());
        return layout.toString();
    }
}
