package dev.porthole.desktop.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command takes. */
final class CommonOptions {
    /** How data is written. */
    enum Output {
        /** Tables and lines for people. */
        text,
        /** One document, or one object a line where news keep coming. */
        json
    }

    @Option(
            names = "--server",
            paramLabel = "ADDRESS",
            scope = ScopeType.INHERIT,
            description = "The server to use for this call (https without a scheme, http for loopback).")
    private @Nullable String server;

    @Option(
            names = "--project",
            paramLabel = "ID",
            scope = ScopeType.INHERIT,
            description = "The project to use for this call; changes no setting.")
    private @Nullable String project;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            description = "text or json (default: text).")
    private Output output = Output.text;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    // Picocli reads it, by reflection.
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    /** The flag, else {@code PORTHOLE_SERVER}. */
    @Nullable
    String server(Map<String, String> environment) {
        return given(server, environment.get("PORTHOLE_SERVER"));
    }

    /** The flag, else {@code PORTHOLE_PROJECT}. */
    @Nullable
    String project(Map<String, String> environment) {
        return given(project, environment.get("PORTHOLE_PROJECT"));
    }

    boolean json() {
        return output == Output.json;
    }

    private static @Nullable String given(@Nullable String flag, @Nullable String variable) {
        String text = flag != null ? flag : variable;
        return text == null || text.isBlank() ? null : text.strip();
    }
}
