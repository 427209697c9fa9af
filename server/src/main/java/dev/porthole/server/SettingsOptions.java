package dev.porthole.server;

import dev.porthole.server.config.Configuration;
import dev.porthole.server.config.ConfigurationException;
import dev.porthole.server.config.ServerSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings that have a flag, and where the others are. */
final class SettingsOptions {
    @Option(names = "--data-dir", paramLabel = "DIR", description = "The folder with the database and the keys.")
    private @Nullable String dataDir;

    @Option(names = "--port", paramLabel = "N", description = "The public port; 0 takes a free one. Default: 8080.")
    private @Nullable String port;

    @Option(names = "--bind", paramLabel = "A", description = "Where visitors come in. Default: 127.0.0.1.")
    private @Nullable String bind;

    @Option(names = "--base-url", paramLabel = "U", description = "Where the server is reached from outside.")
    private @Nullable String baseUrl;

    @Option(names = "--config", paramLabel = "F", description = "A YAML file with settings.")
    private @Nullable Path config;

    /**
     * Reads and checks all settings.
     *
     * @throws ConfigurationException with everything that is wrong
     */
    ServerSettings read(Map<String, String> environment) throws ConfigurationException {
        Map<String, String> flags = new HashMap<>();
        put(flags, "--data-dir", dataDir);
        put(flags, "--port", port);
        put(flags, "--bind", bind);
        put(flags, "--base-url", baseUrl);
        return Configuration.read(flags, environment, config);
    }

    private static void put(Map<String, String> flags, String name, @Nullable String value) {
        if (value != null) {
            flags.put(name, value);
        }
    }
}
