package dev.porthole.server;

import picocli.CommandLine;

/** The companion server's command: {@code porthole server ...}, with what stands behind {@code server}. */
public final class Main {
    private Main() {}

    /** Exits with 0, with 1 if something went wrong, with 2 if the command or the configuration is wrong. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ServerCommand()).execute(arguments));
    }
}
