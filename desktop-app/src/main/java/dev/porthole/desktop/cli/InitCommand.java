package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.declared.DeclarationDraft;
import dev.porthole.core.declared.DeclarationFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "init",
        description = {
            "Writes a porthole.yml for porthole up, with what listens on this computer now.",
            "Databases and queues are in it as remarks, and so are programs of other",
            "projects where some belong to this one."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  porthole init", "  porthole init --schema > porthole.schema.json"})
final class InitCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final CommonOptions options;

    @Mixin
    private DeclarationOption file = new DeclarationOption();

    @Option(names = "--force", description = "Replaces a file that is there.")
    private boolean force;

    @Option(names = "--schema", description = "Prints the JSON Schema of the file, for editors, and writes nothing.")
    private boolean schema;

    InitCommand(Surroundings surroundings, CommonOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    /** The document of {@code --output json}. */
    record Document(String file, List<DeclarationDraft.Row> tunnels) {}

    @Override
    public Integer call() throws PortholeException {
        if (schema) {
            surroundings.terminal().print(DeclarationFile.schema().stripTrailing());
            return Command.FINE;
        }
        Path path = file.newPath();
        if (!force && Files.exists(path)) {
            throw exists(path);
        }
        DeclarationDraft draft;
        try (Session session = Session.open(surroundings, options)) {
            draft = DeclarationDraft.of(
                    path.toAbsolutePath().normalize().resolveSibling(""),
                    session.porthole().listeningPorts());
        }
        write(path, draft.text());
        if (options.json()) {
            surroundings.terminal().print(Json.of(new Document(path.toString(), draft.tunnels())));
        } else {
            tell(path, draft);
        }
        return Command.FINE;
    }

    private void tell(Path path, DeclarationDraft draft) {
        Terminal terminal = options.heard(surroundings.terminal());
        if (terminal.quiet()) {
            terminal.print(Printable.of(path.toString()));
            return;
        }
        Table table = new Table("TUNNEL", "ENDPOINT", "LABEL");
        List<DeclarationDraft.Row> shared =
                draft.tunnels().stream().filter(DeclarationDraft.Row::shared).toList();
        shared.forEach(row -> table.row(row.key(), row.endpoint(), row.label() == null ? "" : row.label()));
        if (shared.isEmpty()) {
            terminal.say("Nothing listens on this computer: " + Printable.of(path.toString()) + " has an example.");
        } else {
            table.printTo(terminal);
            terminal.say("Wrote " + Printable.of(path.toString()) + ".");
        }
        terminal.say("Look it over, then run: porthole up"
                + (path.equals(Path.of(DeclarationFile.NAME)) ? "" : " --file " + Printable.of(path.toString())));
    }

    private void write(Path path, String text) throws PortholeException {
        OpenOption[] how = force
                ? new OpenOption[] {
                    StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
                }
                : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
        try {
            Files.writeString(path, text, how);
        } catch (FileAlreadyExistsException meanwhile) {
            throw exists(path);
        } catch (NoSuchFileException noFolder) {
            throw new PortholeException(
                    Kind.WRONG_USE, "file: " + path + " (expected: a file in a folder that is there)", noFolder);
        } catch (IOException failed) {
            throw new PortholeException(Kind.FAILED, path + " can't be written: " + failed.getMessage(), failed);
        }
    }

    private static PortholeException exists(Path path) {
        return new PortholeException(
                Kind.WRONG_USE, "file: " + path + " is there already (expected: a new file, or --force to replace it)");
    }
}
