package dev.porthole.desktop.cli;

import dev.porthole.desktop.ProductVersion;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@CommandLine.Command(
        name = "porthole",
        versionProvider = RootCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shares a port of your computer with the world through a server that you own.",
        footer = {
            "",
            "Without a command, porthole opens the desktop app.",
            "",
            "Exit codes:   0 fine, 1 failed, 2 wrong use, 3 not signed in, 4 not found,",
            "              5 server unreachable",
            "Environment:  PORTHOLE_HOME, PORTHOLE_SERVER, PORTHOLE_PROJECT, PORTHOLE_API_KEY,",
            "              PORTHOLE_CONNECTOR_TOKEN, NO_COLOR"
        })
final class RootCommand implements Runnable {
    @Mixin
    // Picocli reads it, by reflection.
    @SuppressWarnings("UnusedVariable")
    private final CommonOptions options;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    // Picocli reads it, by reflection.
    @SuppressWarnings("UnusedVariable")
    private boolean version;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RootCommand(CommonOptions options) {
        this.options = options;
    }

    /** Reached with options alone, or from a jar without arguments: the launcher opens the app by itself. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "command: none (expected: one of those that --help lists)");
    }

    /** The line of {@code --version}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {ProductVersion.line()};
        }
    }
}
