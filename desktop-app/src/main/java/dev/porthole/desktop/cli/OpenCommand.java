package dev.porthole.desktop.cli;

import picocli.CommandLine;

/** Stands in the help; the launcher starts the app for it. */
@CommandLine.Command(
        name = "open",
        description =
                "Opens a link such as porthole://share?port=3000 in the desktop app, which asks before it shares.")
final class OpenCommand {}
