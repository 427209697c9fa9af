package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.Setting;
import dev.porthole.core.config.ConfigFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "get",
        description = "Prints a setting's value alone; nothing if Porthole decides.",
        footerHeading = "%nExample:%n",
        footer = "  porthole config get server")
final class ConfigGetCommand extends ConfigCommand {
    @Parameters(
            paramLabel = "KEY",
            completionCandidates = SettingKeys.class,
            description = "One of those that 'porthole config list' shows.")
    private String key = "";

    ConfigGetCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}; {@code value} is null where nothing is chosen. */
    record Document(String key, @Nullable String value) {}

    @Override
    void run(ConfigFile file) throws PortholeException {
        Setting setting = setting(key);
        requireReadable(file);
        Optional<String> value = setting.of(file.config().get());
        if (options.json()) {
            terminal().print(Json.of(new Document(key, value.orElse(null))));
        } else {
            value.map(Printable::of).ifPresent(terminal()::print);
        }
    }
}
