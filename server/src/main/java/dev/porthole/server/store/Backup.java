package dev.porthole.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A backup: one ZIP file of mode 0600 with {@code secret.key} and, unless that is a PostgreSQL, {@code server.db}. The
 * two belong together: what the key sealed in the database can't be read without it. {@link Restore} brings it back.
 */
public final class Backup {
    /** The entry that says what the file is. */
    static final String MARK = "porthole-backup";
    /** Its text. */
    static final String FORMAT = "1\n";
    /** In a data folder whose restore did not come to its end. */
    static final String UNFINISHED = "restore-unfinished";

    private Backup() {}

    /**
     * Writes a backup of a server that runs.
     *
     * @param file where to; must not be there
     * @return whether the database is in it: a PostgreSQL's backups are its operator's
     * @throws StoreException if it can't be written; nothing is left then
     */
    public static boolean ofRunning(Store store, Path dataFolder, Path file) {
        return write(store::copyTo, dataFolder, file);
    }

    /**
     * Writes a backup of a folder that no server uses. Its database stays as it is, of whatever release.
     *
     * @return whether there was a database in the folder
     * @throws StoreException if the folder is no server's, or the backup can't be written
     */
    public static boolean ofStopped(Path dataFolder, Path file) {
        Path database = dataFolder.resolve(Store.FILE).toAbsolutePath();
        return write(copy -> Files.exists(database) && new SqliteDatabase(database).copyTo(copy), dataFolder, file);
    }

    private static boolean write(Predicate<Path> copyDatabase, Path dataFolder, Path file) {
        Path key = dataFolder.resolve(SecretBox.FILE);
        if (!Files.exists(key)) {
            throw new StoreException(
                    dataFolder + ": no server has used this folder yet (expected: a server's data folder)");
        }
        Path target = file.toAbsolutePath();
        Path folder = Objects.requireNonNullElse(target.getParent(), target);
        reserve(target);
        Path work = null;
        boolean done = false;
        try {
            work = Files.createTempDirectory(folder, ".porthole-backup-");
            Path copy = work.resolve(Store.FILE);
            boolean database = copyDatabase.test(copy);
            Path archive = work.resolve("archive");
            pack(archive, key, database ? copy : null);
            Files.move(archive, target, StandardCopyOption.ATOMIC_MOVE);
            SecretBox.force(folder);
            done = true;
            return database;
        } catch (IOException failed) {
            throw new StoreException(target + ": can't be written: " + failed, failed);
        } finally {
            remove(work);
            if (!done) {
                remove(target);
            }
        }
    }

    /** An empty file in its place, of which nobody else thinks that it is theirs. */
    private static void reserve(Path target) {
        try {
            FileChannel.open(
                            target,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            SecretBox.ownerOnly(target))
                    .close();
        } catch (FileAlreadyExistsException there) {
            throw new StoreException(target + ": is there already (expected: a new file)", there);
        } catch (IOException failed) {
            throw new StoreException(target + ": can't be written: " + failed, failed);
        }
    }

    private static void pack(Path archive, Path key, @Nullable Path database) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        archive,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        SecretBox.ownerOnly(archive));
                OutputStream out = Channels.newOutputStream(channel)) {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(new ZipEntry(MARK));
            zip.write(FORMAT.getBytes(StandardCharsets.US_ASCII));
            zip.putNextEntry(new ZipEntry(SecretBox.FILE));
            zip.write(Files.readAllBytes(key));
            if (database != null) {
                zip.putNextEntry(new ZipEntry(Store.FILE));
                try (InputStream in = Files.newInputStream(database)) {
                    in.transferTo(zip);
                }
            }
            zip.finish();
            channel.force(true);
        }
    }

    /** Removes a file, or a folder with the files in it. */
    static void remove(@Nullable Path path) {
        if (path == null) {
            return;
        }
        try {
            if (Files.isDirectory(path)) {
                try (var files = Files.newDirectoryStream(path)) {
                    for (Path file : files) {
                        Files.delete(file);
                    }
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new StoreException(path + ": can't be removed: " + failed, failed);
        }
    }

    /**
     * A folder in which a restore was broken off is not used.
     *
     * @throws StoreException if it is one
     */
    static void requireWhole(Path dataFolder) {
        if (Files.exists(dataFolder.resolve(UNFINISHED))) {
            throw new StoreException(dataFolder + ": a restore did not come to its end; run it again, with --force");
        }
    }
}
