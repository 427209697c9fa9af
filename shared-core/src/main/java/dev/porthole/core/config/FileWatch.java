package dev.porthole.core.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when any process makes, changes or removes one file. Linux and Windows tell at once, macOS within seconds.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final Path file;
    private final Runnable changed;
    private final WatchService service;

    private FileWatch(Path file, Runnable changed, WatchService service) {
        this.file = file;
        this.changed = changed;
        this.service = service;
    }

    /** Calls {@code changed} after each change, on a virtual thread of its own, until closed. Calls may be too many. */
    public static FileWatch start(Path file, Runnable changed) throws IOException {
        Path folder = PrivateFiles.folderOf(file);
        PrivateFiles.createFolder(folder);
        WatchService service = file.getFileSystem().newWatchService();
        // The folder, not the file: saving moves a new file into place.
        folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        FileWatch watch = new FileWatch(file, changed, service);
        Thread.ofVirtual().name("watch-" + file.getFileName()).start(watch::follow);
        return watch;
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException harmless) {
            LOG.debug("closing the watch of {}", file, harmless);
        }
    }

    private void follow() {
        try {
            while (true) {
                WatchKey key = service.take();
                boolean ours = key.pollEvents().stream()
                        .anyMatch(event -> StandardWatchEventKinds.OVERFLOW.equals(event.kind())
                                || file.getFileName().equals(event.context()));
                if (ours) {
                    changed.run();
                }
                if (!key.reset()) {
                    LOG.info("{} is gone: changes of {} are followed no more", file.getParent(), file.getFileName());
                    return;
                }
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.trace("closed", closed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
