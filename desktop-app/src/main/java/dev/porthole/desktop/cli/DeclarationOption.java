package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.declared.Declaration;
import dev.porthole.core.declared.DeclarationException;
import dev.porthole.core.declared.DeclarationFile;
import dev.porthole.core.declared.DeclarationProblem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which {@code porthole.yml} is meant. */
final class DeclarationOption {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description =
                    "The file that declares the tunnels. Without it, porthole.yml of this folder, or of one above it in the same repository.")
    private @Nullable Path file;

    /** The file that is meant. */
    Path path() throws PortholeException {
        if (file != null) {
            return file;
        }
        Path here = Path.of("").toAbsolutePath();
        Path found = DeclarationFile.find(here)
                .orElseThrow(() -> new PortholeException(
                        Kind.WRONG_USE,
                        "There is no " + DeclarationFile.NAME
                                + " here or above in this repository. Run: porthole init"));
        return here.equals(found.getParent()) ? here.relativize(found) : found;
    }

    /** Where a new one is written. */
    Path newPath() {
        return file != null ? file : Path.of(DeclarationFile.NAME);
    }

    /** Reads it; each of several problems is said on a line of its own before this throws. */
    static Declaration read(Path path, Terminal terminal) throws PortholeException {
        try {
            return DeclarationFile.read(path);
        } catch (DeclarationException broken) {
            List<DeclarationProblem> problems = broken.problems();
            if (problems.size() == 1) {
                throw new PortholeException(Kind.WRONG_USE, problems.getFirst().toString(), broken);
            }
            problems.forEach(problem -> terminal.say(Printable.of(problem.toString())));
            throw new PortholeException(
                    Kind.WRONG_USE, path + " has " + problems.size() + " problems (expected: none).", broken);
        }
    }

    /** Refuses to work at another server than the file's. */
    static void requireServer(Declaration declaration, SignIn.SignedIn signedIn) throws PortholeException {
        ServerAddress declared = declaration.server();
        if (declared != null && !declared.base().equals(signedIn.server())) {
            throw new PortholeException(
                    Kind.WRONG_USE,
                    declaration.file() + ": server: " + declared + ", and you are signed in at " + signedIn.server()
                            + ". Run: porthole auth login --server "
                            + declared.base().getAuthority());
        }
    }
}
