package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.InvalidEndpointException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The tree of commands, and what becomes of their errors. */
final class Cli {
    private static final Logger LOG = LoggerFactory.getLogger(Cli.class);

    private final Surroundings surroundings;
    private final CommandTree commands;

    Cli(Surroundings surroundings) {
        this.surroundings = surroundings;
        CommonOptions options = new CommonOptions();
        this.commands = new CommandTree(new RootCommand(options))
                .addSubcommand(new ShareCommand(surroundings, options))
                .addSubcommand(new InitCommand(surroundings, options))
                .addSubcommand(new UpCommand(surroundings, options))
                .addSubcommand(new DownCommand(surroundings, options))
                .addSubcommand(new CommandTree(new Group.Tunnel())
                        .addSubcommand(new TunnelListenCommand(surroundings, options))
                        .addSubcommand(new TunnelListCommand(surroundings, options))
                        .addSubcommand(new TunnelCreateCommand(surroundings, options))
                        .addSubcommand(new TunnelUpdateCommand(surroundings, options))
                        .addSubcommand(new TunnelEnableCommand(surroundings, options))
                        .addSubcommand(new TunnelDisableCommand(surroundings, options))
                        .addSubcommand(new TunnelDeleteCommand(surroundings, options))
                        .addSubcommand(new TunnelOpenCommand(surroundings, options))
                        .addSubcommand(new TunnelQrCommand(surroundings, options)))
                .addSubcommand(new CommandTree(new Group.Auth())
                        .addSubcommand(new AuthLoginCommand(surroundings, options))
                        .addSubcommand(new AuthStatusCommand(surroundings, options))
                        .addSubcommand(new AuthListCommand(surroundings, options))
                        .addSubcommand(new AuthSwitchCommand(surroundings, options))
                        .addSubcommand(new AuthLogoutCommand(surroundings, options)))
                .addSubcommand(new CommandTree(new Group.Projects())
                        .addSubcommand(new ProjectsListCommand(surroundings, options))
                        .addSubcommand(new ProjectsSwitchCommand(surroundings, options)))
                .addSubcommand(new CommandTree(new Group.OfConnectors())
                        .addSubcommand(new ConnectorsListCommand(surroundings, options))
                        .addSubcommand(new ConnectorsCreateCommand(surroundings, options))
                        .addSubcommand(new ConnectorsShowCommand(surroundings, options))
                        .addSubcommand(new ConnectorsRotateCommand(surroundings, options))
                        .addSubcommand(new ConnectorsDeleteCommand(surroundings, options)))
                .addSubcommand(new CommandTree(new Group.OfKeys())
                        .addSubcommand(new KeysListCommand(surroundings, options))
                        .addSubcommand(new KeysCreateCommand(surroundings, options))
                        .addSubcommand(new KeysRotateCommand(surroundings, options))
                        .addSubcommand(new KeysRevokeCommand(surroundings, options)))
                .addSubcommand(new ActivityCommand(surroundings, options))
                .addSubcommand(new CommandTree(new Group.OfConfig())
                        .addSubcommand(new ConfigListCommand(surroundings, options))
                        .addSubcommand(new ConfigGetCommand(surroundings, options))
                        .addSubcommand(new ConfigSetCommand(surroundings, options))
                        .addSubcommand(new ConfigUnsetCommand(surroundings, options))
                        .addSubcommand(new ConfigPathCommand(surroundings, options)))
                .addSubcommand(new VersionCommand(surroundings, options))
                .addSubcommand(new CompletionCommand(surroundings))
                .addSubcommand(new ManualCommand(surroundings))
                .addSubcommand(new CandidatesCommand(surroundings, options))
                .addSubcommand(new EachLineCommand(surroundings))
                .addSubcommand(agent(surroundings, options))
                .addSubcommand(new OpenCommand())
                .addSubcommand(new DoctorCommand(surroundings, options))
                .addSubcommand(new ServerCommand());
    }

    /** Picocli's model of all of it. */
    CommandLine commands() {
        return prepared(commands.all());
    }

    private CommandLine prepared(CommandLine line) {
        line.setOut(new PrintWriter(surroundings.terminal().out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.terminal().err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        surroundings.terminal().coloured() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(this::wrongUse)
                .setExecutionExceptionHandler(this::failed);
        HelpLayout.apply(line);
        return line;
    }

    private static CommandTree agent(Surroundings surroundings, CommonOptions options) {
        ServiceOfHome service = ServiceOfHome.of(surroundings.environment(), surroundings.home());
        return new CommandTree(new AgentCommand(surroundings, options))
                .addSubcommand(new AgentInstallCommand(surroundings, options, service))
                .addSubcommand(new AgentUninstallCommand(surroundings, options, service))
                .addSubcommand(new AgentStatusCommand(surroundings, options, service));
    }

    /** Runs one command and returns the process's exit code. */
    int run(String... args) {
        return prepared(commands.of(List.of(args))).execute(args);
    }

    private int wrongUse(ParameterException wrong, String[] args) {
        sayError(inWords(wrong));
        surroundings
                .terminal()
                .say("Run: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return Kind.WRONG_USE.exitCode();
    }

    /** Picocli counts arguments; people know them by what they typed. */
    private static String inWords(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
                && !unmatched.getUnmatched().getFirst().startsWith("-")) {
            String given = unmatched.getUnmatched().getFirst();
            List<String> commands = wrong.getCommandLine().getCommandSpec().subcommands().values().stream()
                    .map(CommandLine::getCommandSpec)
                    .filter(spec -> !spec.usageMessage().hidden())
                    .map(CommandSpec::name)
                    .distinct()
                    .toList();
            return commands.isEmpty()
                    ? "argument: " + given + " (expected: nothing there)"
                    : "command: " + given + " (expected: " + String.join(", ", commands) + ")";
        }
        return String.valueOf(wrong.getMessage());
    }

    private int failed(Exception thrown, CommandLine command, ParseResult parsed) {
        return switch (thrown) {
            case PortholeException expected -> {
                LOG.debug("The command ended", expected);
                sayError(String.valueOf(expected.getMessage()));
                yield expected.kind().exitCode();
            }
            case InvalidEndpointException invalid -> {
                sayError(String.valueOf(invalid.getMessage()));
                yield Kind.WRONG_USE.exitCode();
            }
            default -> {
                LOG.error("A defect", thrown);
                sayError("This should not have happened: " + thrown + ". The log has the details.");
                yield Kind.FAILED.exitCode();
            }
        };
    }

    private void sayError(String message) {
        surroundings.terminal().say(surroundings.terminal().bad("porthole: ") + Printable.of(message));
    }
}
