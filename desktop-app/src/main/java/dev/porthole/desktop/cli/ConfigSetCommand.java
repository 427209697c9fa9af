package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.Setting;
import dev.porthole.core.config.ConfigFile;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "set",
        description = {
            "Makes a choice in config.yml, which a running app takes up at once.",
            "Everything else in the file stays as it is; a value that can't be is refused."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  porthole config set server tunnels.example.com", "  porthole config set theme dark"})
final class ConfigSetCommand extends ConfigCommand {
    @Parameters(
            index = "0",
            paramLabel = "KEY",
            completionCandidates = SettingKeys.class,
            description = "One of those that 'porthole config list' shows.")
    private String key = "";

    @Parameters(index = "1", paramLabel = "VALUE", description = "What 'porthole config list' says it may be.")
    private String value = "";

    ConfigSetCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    void run(ConfigFile file) throws PortholeException, IOException {
        Setting setting = setting(key);
        String kept = setting.checked(value);
        requireReadable(file);
        file.update(config -> setting.with(config, kept));
        if (options.json()) {
            terminal().print(Json.of(new ConfigGetCommand.Document(key, kept)));
        } else {
            terminal().say(key + " = " + Printable.of(kept));
        }
    }
}
