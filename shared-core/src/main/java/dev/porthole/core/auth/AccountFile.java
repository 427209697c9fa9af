package dev.porthole.core.auth;

import dev.porthole.core.config.LockFile;
import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code account.json}: tells every process of this device who is signed in. */
public final class AccountFile {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;

    public AccountFile(Path file) {
        this.file = file;
    }

    /** Where it is, to be watched. */
    public Path path() {
        return file;
    }

    /** Who is signed in; nobody if the file can't be understood. */
    public Optional<Account> read() throws IOException {
        try {
            return Optional.ofNullable(JSON.readValue(Files.readAllBytes(file), Account.class));
        } catch (NoSuchFileException | JacksonException none) {
            return Optional.empty();
        }
    }

    /** Changes it as one step among all processes; an empty result is nobody. */
    public void update(UnaryOperator<Optional<Account>> change) throws IOException {
        try (LockFile _ = LockFile.take(file.resolveSibling(file.getFileName() + ".lock"))) {
            Optional<Account> before = read();
            Optional<Account> after = change.apply(before);
            if (after.equals(before)) {
                return;
            }
            if (after.isPresent()) {
                PrivateFiles.replace(file, JSON.writeValueAsBytes(after.get()));
            } else {
                Files.deleteIfExists(file);
            }
        }
    }
}
