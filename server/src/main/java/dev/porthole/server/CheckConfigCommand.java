package dev.porthole.server;

import dev.porthole.server.config.ConfigurationException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads the configuration as the server would, says all that is wrong with it, and starts nothing. */
@Command(
        name = "check-config",
        description = "Says everything that is wrong with the configuration, or that it is OK.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
    private static final int USAGE = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli gives each command its spec");
        }
        try {
            options.read(System.getenv());
            spec.commandLine().getOut().println("OK");
            return 0;
        } catch (ConfigurationException wrong) {
            wrong.mistakes().forEach(spec.commandLine().getErr()::println);
            return USAGE;
        }
    }
}
