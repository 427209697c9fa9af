package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.Project;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
        name = "list",
        aliases = "ls",
        description = "Lists the project's API keys by their first characters.")
final class KeysListCommand extends Command {
    KeysListCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String project, List<ApiKey> keys) {}

    @Override
    int run(Session session) throws PortholeException {
        session.requireSignIn();
        Project project = session.requireProject();
        List<ApiKey> keys = session.porthole().keys().list();
        answer(
                new Document(project.id(), keys),
                keys.stream().map(ApiKey::id).toList(),
                terminal -> show(project, keys, terminal));
        return FINE;
    }

    private static void show(Project project, List<ApiKey> keys, Terminal terminal) {
        if (keys.isEmpty()) {
            terminal.say("No API keys in " + ProjectPrompt.title(project) + ". Run: porthole keys create NAME");
            return;
        }
        Table table = new Table("NAME", "PREFIX", "REACHES", "SCOPES", "LAST USED", "EXPIRES", "ID");
        keys.forEach(key -> table.row(
                key.name(),
                key.prefix(),
                key.tunnel() == null ? "project" : key.tunnel(),
                String.join(" ", key.scopes()),
                Times.local(key.lastUsedAt()),
                Times.local(key.expiresAt()),
                key.id()));
        table.printTo(terminal);
    }
}
