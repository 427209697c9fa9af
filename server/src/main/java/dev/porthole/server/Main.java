package dev.porthole.server;

import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The companion server's command: {@code porthole server ...}, with what stands behind {@code server}. */
public final class Main {
    private Main() {}

    /** Exits with 0, with 1 if something went wrong, with 2 if the command or the configuration is wrong. */
    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    static CommandLine command() {
        return new CommandLine(new ServerCommand()).setExecutionExceptionHandler((bug, command, parsed) -> {
            LoggerFactory.getLogger(Main.class).error("the command failed", bug);
            return 1;
        });
    }
}
