package dev.porthole.server.config;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code SETTINGS.md}, made from the settings. */
final class SettingsTable {
    private SettingsTable() {}

    /** The settings as tables for the documentation, one a section. */
    static String text() {
        StringBuilder table = new StringBuilder();
        String section = "";
        for (Setting<?> setting : Stream.concat(ServerOptions.ALL.stream(), SignInOptions.DOCUMENTED.stream())
                .toList()) {
            if (!setting.section().equals(section)) {
                section = setting.section();
                table.append(table.isEmpty() ? "" : "\n")
                        .append("## `")
                        .append(section)
                        .append("`\n");
                table.append("| in the file | environment | flag | default | what it is |\n|---|---|---|---|---|\n");
            }
            table.append("| `")
                    .append(setting.key())
                    .append("` | `")
                    .append(setting.variable())
                    .append(setting.secret() ? "`, `" + SecretVariable.ofFile(setting.variable()) : "")
                    .append("` | ");
            table.append(code(setting.flag())).append(" | ");
            table.append(code(setting.standard())).append(" | ");
            table.append(setting.description())
                    .append(" Expected: ")
                    .append(setting.expected())
                    .append(". |\n");
        }
        return table.toString();
    }

    private static String code(@Nullable String text) {
        return text == null || text.isEmpty() ? "" : "`" + text + "`";
    }
}
