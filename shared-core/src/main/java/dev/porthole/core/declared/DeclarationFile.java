package dev.porthole.core.declared;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds and reads declarations. Any thread; reads files. */
public final class DeclarationFile {
    /** What it is called. */
    public static final String NAME = "porthole.yml";

    /** What can be written in a minute; more is no declaration. */
    private static final long MOST_BYTES = 256 * 1024;

    private DeclarationFile() {}

    /**
     * The file that holds for a folder: its own, or that of the nearest folder above it, up to the repository's root.
     * Where there is no repository, its own alone: what stands in a home or in {@code /tmp} is meant for nothing below.
     */
    public static Optional<Path> find(Path folder) {
        Path start = folder.toAbsolutePath().normalize();
        Optional<Path> root = rootOf(start);
        for (Path here = start; here != null; here = here.getParent()) {
            Path file = here.resolve(NAME);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
            if (root.isEmpty() || here.equals(root.get())) {
                break;
            }
        }
        return Optional.empty();
    }

    /**
     * The folder of the repository that a folder is in: the one with {@code .git} (a file in a work tree), or others.
     */
    private static Optional<Path> rootOf(Path folder) {
        for (Path here = folder; here != null; here = here.getParent()) {
            for (String mark : List.of(".git", ".hg", ".jj")) {
                if (Files.exists(here.resolve(mark))) {
                    return Optional.of(here);
                }
            }
        }
        return Optional.empty();
    }

    /** Reads a file. */
    public static Declaration read(Path file) throws DeclarationException {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw broken(file, size + " bytes (expected: " + MOST_BYTES + " at most)");
            }
            return DeclarationReader.read(file, Files.readString(file));
        } catch (NoSuchFileException none) {
            throw broken(file, "there is no such file (expected: one that declares tunnels; porthole init writes one)");
        } catch (CharacterCodingException notText) {
            throw broken(file, "is no text (expected: YAML in UTF-8)");
        } catch (IOException unreadable) {
            throw broken(file, "can't be read: " + unreadable);
        }
    }

    /** The JSON Schema (draft 2020-12) of the file, for editors. */
    public static String schema() {
        try (InputStream in = DeclarationFile.class.getResourceAsStream("porthole.schema.json")) {
            if (in == null) {
                throw new IllegalStateException("porthole.schema.json is missing in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new IllegalStateException("porthole.schema.json can't be read", impossible);
        }
    }

    private static DeclarationException broken(Path file, String text) {
        return new DeclarationException(List.of(new DeclarationProblem(file, 0, 0, "", text)));
    }
}
