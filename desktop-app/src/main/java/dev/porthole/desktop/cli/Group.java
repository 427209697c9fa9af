package dev.porthole.desktop.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that only holds commands. */
abstract sealed class Group implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(),
                "command: none (expected: "
                        + String.join(", ", spec.subcommands().keySet()) + ")");
    }

    @CommandLine.Command(name = "tunnel", description = "Makes, carries, changes and deletes tunnels.")
    static final class Tunnel extends Group {}

    @CommandLine.Command(name = "auth", description = "Signs in and out, and changes over between sign-ins.")
    static final class Auth extends Group {}

    @CommandLine.Command(name = "projects", description = "Lists projects and picks the active one.")
    static final class Projects extends Group {}

    @CommandLine.Command(
            name = "connectors",
            description = "Lists what carries the project's tunnels; makes and rotates external connectors.")
    static final class OfConnectors extends Group {}

    @CommandLine.Command(name = "keys", description = "Makes, rotates and revokes the project's API keys.")
    static final class OfKeys extends Group {}

    @CommandLine.Command(name = "config", description = "Reads and changes this computer's settings.")
    static final class OfConfig extends Group {}
}
