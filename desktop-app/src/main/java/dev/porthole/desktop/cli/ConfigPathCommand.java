package dev.porthole.desktop.cli;

import dev.porthole.core.config.ConfigFile;
import picocli.CommandLine;

@CommandLine.Command(
        name = "path",
        description = "Prints where config.yml is, or would be.",
        footerHeading = "%nExample:%n",
        footer = "  ls -l \"$(porthole config path)\"")
final class ConfigPathCommand extends ConfigCommand {
    ConfigPathCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String path) {}

    @Override
    void run(ConfigFile file) {
        String path = path().toString();
        terminal().print(options.json() ? Json.of(new Document(path)) : Printable.of(path));
    }
}
