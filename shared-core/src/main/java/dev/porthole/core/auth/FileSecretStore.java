package dev.porthole.core.auth;

import dev.porthole.core.config.LockFile;
import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All secrets in one file of mode 0600, replaced whole. */
class FileSecretStore implements SecretStore {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> SECRETS = new TypeReference<>() {};

    private final Path file;

    FileSecretStore(Path file) {
        this.file = file;
    }

    @Override
    public Optional<String> read(String name) throws IOException {
        return Optional.ofNullable(load().get(name));
    }

    @Override
    public void write(String name, String secret) throws IOException {
        change(secrets -> secrets.put(name, secret));
    }

    @Override
    public void delete(String name) throws IOException {
        if (load().containsKey(name)) {
            change(secrets -> secrets.remove(name));
        }
    }

    @Override
    public Kind kind() {
        return Kind.PRIVATE_FILE;
    }

    @Override
    public String protection() {
        return "protected by file permissions only";
    }

    /** What the file holds for these bytes. */
    byte[] seal(byte[] plain) throws IOException {
        return plain;
    }

    /** The bytes that {@link #seal} was given. */
    byte[] unseal(byte[] sealed) throws IOException {
        return sealed;
    }

    private void change(Consumer<Map<String, String>> change) throws IOException {
        try (LockFile _ = LockFile.take(file.resolveSibling(file.getFileName() + ".lock"))) {
            Map<String, String> secrets = load();
            change.accept(secrets);
            PrivateFiles.replace(file, seal(JSON.writeValueAsBytes(secrets)));
        }
    }

    private Map<String, String> load() throws IOException {
        try {
            return new TreeMap<>(JSON.readValue(unseal(Files.readAllBytes(file)), SECRETS));
        } catch (NoSuchFileException none) {
            return new TreeMap<>();
        } catch (JacksonException broken) {
            // The message of the parser may quote what it read.
            throw new IOException(file + " is not readable; remove it and sign in again");
        }
    }
}
