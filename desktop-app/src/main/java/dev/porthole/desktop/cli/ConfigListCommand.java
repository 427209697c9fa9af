package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.Settings;
import dev.porthole.core.config.ConfigFile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "list",
        aliases = "ls",
        description = "Lists the settings with their values and what they may be; '-' is Porthole's choice.")
final class ConfigListCommand extends ConfigCommand {
    ConfigListCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String path, List<Row> settings) {}

    /** One setting of it; {@code value} is null where nothing is chosen. */
    record Row(String key, @Nullable String value, String meaning, String expected) {}

    @Override
    void run(ConfigFile file) throws PortholeException {
        requireReadable(file);
        List<Row> rows = Settings.list().stream()
                .map(setting -> new Row(
                        setting.key(),
                        setting.of(file.config().get()).orElse(null),
                        setting.meaning(),
                        setting.expected()))
                .toList();
        if (options.json()) {
            terminal().print(Json.of(new Document(path().toString(), rows)));
        } else if (options.quiet()) {
            rows.forEach(row -> terminal().print(row.key()));
        } else {
            Table table = new Table("KEY", "VALUE", "MEANING", "MAY BE");
            rows.forEach(row ->
                    table.row(row.key(), row.value() == null ? "-" : row.value(), row.meaning(), row.expected()));
            table.printTo(terminal());
        }
    }
}
