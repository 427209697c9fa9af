package dev.porthole.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Brings a {@link Backup} back into a data folder that the caller holds. The backup is read and checked whole before
 * anything in the folder changes; what it replaces is kept in a folder of its own, never deleted.
 */
public final class Restore {
    private static final List<String> REPLACED =
            List.of(Store.FILE, Store.FILE + "-wal", Store.FILE + "-shm", SecretBox.FILE);
    /** What a folder without a server's data may have: what makes the folder its holder's. */
    private static final Set<String> NOTHING = Set.of("server.lock", "admin");

    private final Path archive;
    private final Path folder;
    private final Path work;

    private Restore(Path archive, Path folder, Path work) {
        this.archive = archive;
        this.folder = folder;
        this.work = work;
    }

    /**
     * What was done.
     *
     * @param database whether the backup had one
     * @param kept where the old files are; null if there were none
     */
    public record Done(boolean database, @Nullable Path kept) {}

    /**
     * Restores.
     *
     * @param force whether the folder may have data, which is kept beside the restored
     * @throws StoreException if the backup is none or broken, or the folder has data
     */
    public static Done run(Path archive, Path folder, boolean force) {
        if (!force && hasData(folder)) {
            throw new StoreException(folder + ": is not empty (expected: an empty folder, or --force, which keeps what"
                    + " is there in a folder beside it)");
        }
        Path work = null;
        try {
            work = Files.createTempDirectory(folder, "restore-");
            return new Restore(archive, folder, work).run();
        } catch (IOException failed) {
            throw new StoreException(folder + ": the restore failed: " + failed, failed);
        } finally {
            Backup.remove(work);
        }
    }

    private static boolean hasData(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).anyMatch(name -> !NOTHING.contains(name));
        } catch (IOException failed) {
            throw new StoreException(folder + ": can't be read: " + failed, failed);
        }
    }

    private Done run() throws IOException {
        boolean database = unpack();
        if (database) {
            requireSound(work.resolve(Store.FILE));
        } else if (Files.exists(folder.resolve(Store.FILE))) {
            throw new StoreException(folder + ": has a database of its own, which another server's key can't open"
                    + " (expected: the folder of a server on PostgreSQL, as the backup's)");
        }
        Path mark = folder.resolve(Backup.UNFINISHED);
        Files.writeString(mark, "");
        SecretBox.force(folder);
        Path kept = keepOld(database);
        move(SecretBox.FILE, work, folder);
        if (database) {
            move(Store.FILE, work, folder);
        }
        SecretBox.force(folder);
        Files.delete(mark);
        SecretBox.force(folder);
        return new Done(database, kept);
    }

    /** Whether there was a database. */
    private boolean unpack() {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry mark = zip.getEntry(Backup.MARK);
            if (mark == null || !text(zip, mark).equals(Backup.FORMAT)) {
                throw new StoreException(archive + ": not a backup that this release knows");
            }
            ZipEntry key = zip.getEntry(SecretBox.FILE);
            if (key == null || key.getSize() != SecretBox.KEY_BYTES) {
                throw new StoreException(archive + ": without a right " + SecretBox.FILE);
            }
            write(zip, key, work.resolve(SecretBox.FILE));
            ZipEntry database = zip.getEntry(Store.FILE);
            if (database != null) {
                write(zip, database, work.resolve(Store.FILE));
            }
            return database != null;
        } catch (IOException broken) {
            throw new StoreException(archive + ": can't be read: " + broken.getMessage(), broken);
        }
    }

    private static String text(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readNBytes(Backup.FORMAT.length() + 1), StandardCharsets.US_ASCII);
        }
    }

    private static void write(ZipFile zip, ZipEntry entry, Path file) throws IOException {
        try (InputStream in = zip.getInputStream(entry);
                FileChannel out = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        SecretBox.ownerOnly(file))) {
            in.transferTo(java.nio.channels.Channels.newOutputStream(out));
            out.force(true);
        }
    }

    private void requireSound(Path database) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA quick_check")) {
            String said = found.next() ? found.getString(1) : "nothing";
            if (!"ok".equals(said)) {
                throw new StoreException(archive + ": its database is broken: " + said);
            }
        } catch (SQLException broken) {
            throw new StoreException(archive + ": its database is broken: " + broken.getMessage(), broken);
        }
    }

    private @Nullable Path keepOld(boolean database) throws IOException {
        Path kept = null;
        for (String name : REPLACED) {
            boolean replaced = database || name.equals(SecretBox.FILE);
            if (replaced && Files.exists(folder.resolve(name))) {
                if (kept == null) {
                    kept = Files.createDirectory(freeName());
                }
                move(name, folder, kept);
            }
        }
        return kept;
    }

    private Path freeName() {
        int number = 1;
        while (Files.exists(folder.resolve("before-restore-" + number))) {
            number++;
        }
        return folder.resolve("before-restore-" + number);
    }

    private static void move(String name, Path from, Path to) throws IOException {
        Files.move(from.resolve(name), to.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
