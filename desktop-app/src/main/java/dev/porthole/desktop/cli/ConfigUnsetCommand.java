package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.Setting;
import dev.porthole.core.config.ConfigFile;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "unset",
        description = "Takes a choice back: Porthole decides again.",
        footerHeading = "%nExample:%n",
        footer = "  porthole config unset theme")
final class ConfigUnsetCommand extends ConfigCommand {
    @Parameters(
            paramLabel = "KEY",
            completionCandidates = SettingKeys.class,
            description = "One of those that 'porthole config list' shows.")
    private String key = "";

    ConfigUnsetCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    @Override
    void run(ConfigFile file) throws PortholeException, IOException {
        Setting setting = setting(key);
        requireReadable(file);
        file.update(setting::without);
        if (options.json()) {
            terminal().print(Json.of(new ConfigGetCommand.Document(key, null)));
        } else {
            terminal().say(key + " is Porthole's choice again.");
        }
    }
}
