package dev.porthole.core.tunnel;

import dev.porthole.core.config.LockFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tunnels the processes of this home carry: each holds a lock on a file of its own for each of its tunnels, and
 * the system lets go of a dead process's. Files that nobody holds are swept up by whoever looks next. Any thread.
 */
final class Carrying implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Carrying.class);

    private static final int ATTEMPTS = 3;

    private final Path folder;
    private final Map<String, Held> mine = new HashMap<>();

    /** A file of this process. */
    private record Held(Path file, LockFile lock) {}

    /** {@code folder} is made for the first tunnel. */
    Carrying(Path folder) {
        this.folder = folder;
    }

    /** This process carries it from now on. Without the file the tunnel works, and others do not know of it. */
    synchronized void begin(String tunnel) {
        if (mine.containsKey(tunnel)) {
            return;
        }
        for (int attempt = 0; attempt < ATTEMPTS && !mine.containsKey(tunnel); attempt++) {
            Path file = folder.resolve(tunnel + "." + UUID.randomUUID());
            try {
                // A sweep that comes between the file and its lock takes it for a dead process's, and away.
                LockFile.tryHold(file)
                        .filter(_ -> Files.exists(file))
                        .ifPresent(lock -> mine.put(tunnel, new Held(file, lock)));
            } catch (IOException unwritable) {
                LOG.warn("{} can't be locked: {}", file, unwritable.getMessage());
                return;
            }
        }
    }

    /** This process carries it no more. */
    synchronized void end(String tunnel) {
        Held held = mine.remove(tunnel);
        if (held != null) {
            try {
                // Gone before it is free: nobody finds a file that looks like a dead process's.
                Files.deleteIfExists(held.file());
                held.lock().close();
            } catch (IOException left) {
                LOG.warn("{} stays: {}", held.file(), left.getMessage());
            }
        }
    }

    /** Whether another process of this home carries it. */
    synchronized boolean elsewhere(String tunnel) {
        Held own = mine.get(tunnel);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, tunnel + ".*")) {
            for (Path file : files) {
                if ((own == null || !own.file().equals(file)) && isHeld(file)) {
                    return true;
                }
            }
        } catch (NoSuchFileException nobodyYet) {
            return false;
        } catch (IOException unreadable) {
            LOG.warn("{} can't be read: {}", folder, unreadable.getMessage());
        }
        return false;
    }

    /** Whether anything may be carried by another process: without, nobody needs to be asked. */
    synchronized boolean mayBeElsewhere() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (mine.values().stream().noneMatch(held -> held.file().equals(file))) {
                    return true;
                }
            }
        } catch (IOException none) {
            return false;
        }
        return false;
    }

    private static boolean isHeld(Path file) throws IOException {
        Optional<LockFile> free = LockFile.tryHold(file);
        if (free.isEmpty()) {
            return true;
        }
        Files.deleteIfExists(file);
        free.get().close();
        return false;
    }

    @Override
    public synchronized void close() {
        java.util.List.copyOf(mine.keySet()).forEach(this::end);
    }
}
