package dev.porthole.desktop.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command takes. */
final class CommonOptions {
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
            completionCandidates = Candidates.OfProjects.class,
            description = "The project to use for this call; changes no setting.")
    private @Nullable String project;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "table",
            converter = OutputFormat.Reader.class,
            description = "How data is written: table (the default), or json for programs.")
    private OutputFormat output = OutputFormat.table;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Prints only data: ids, addresses, secrets. Errors are still said.")
    private boolean quiet;

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
        return output == OutputFormat.json;
    }

    /** Whether only ids and the like are wanted; {@code --output json} says more, and counts more. */
    boolean quiet() {
        return quiet;
    }

    /** The terminal as it is to be spoken to. */
    Terminal heard(Terminal terminal) {
        return quiet ? terminal.quietly() : terminal;
    }

    private static @Nullable String given(@Nullable String flag, @Nullable String variable) {
        String text = flag != null ? flag : variable;
        return text == null || text.isBlank() ? null : text.strip();
    }
}
