package dev.porthole.core.folder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a folder shows of itself: folders first, then files, by name.
 *
 * @param complete whether that is all: a folder with more than {@link #MOST} entries shows the first ones found
 */
record FolderListing(List<Entry> entries, boolean complete) {
    /** How many entries a page has at most, so that no folder fills the memory. */
    static final int MOST = 10_000;

    /** One of them; {@code size} in bytes, of files. */
    record Entry(String name, boolean folder, long size, Instant modified) {}

    /** Says where an entry really leads, or null if that is nothing to show. */
    interface Inside {
        @Nullable
        Path find(Path entry) throws AccessDeniedException;
    }

    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::folder)
            .reversed()
            .thenComparing(Entry::name, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Entry::name);

    FolderListing {
        entries = List.copyOf(entries);
    }

    static FolderListing of(Path folder, Inside inside) throws IOException {
        List<Entry> entries = new ArrayList<>();
        boolean complete = true;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                if (entries.size() == MOST) {
                    complete = false;
                    break;
                }
                Entry entry = entry(path, inside);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        entries.sort(ORDER);
        return new FolderListing(entries, complete);
    }

    private static @Nullable Entry entry(Path path, Inside inside) {
        try {
            String name = path.getFileName().toString();
            Path real = name.startsWith(".") || name.indexOf('\\') >= 0 ? null : inside.find(path);
            if (real == null) {
                return null;
            }
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            if (!attributes.isDirectory() && !attributes.isRegularFile()) {
                return null;
            }
            Instant modified = attributes.lastModifiedTime().toInstant();
            return new Entry(name, attributes.isDirectory(), attributes.size(), modified);
        } catch (IOException unreadable) {
            return null;
        }
    }
}
