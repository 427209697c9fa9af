package dev.porthole.desktop.cli;

import picocli.CommandLine;

/** Stands in the help; the launcher starts the server's own program for it. */
@CommandLine.Command(
        name = "server",
        description = "Runs the companion server, or maintains its data: see 'porthole server --help'.")
final class ServerCommand {}
