package dev.porthole.core.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One holder at a time, among all threads of all processes of this computer. Taking it waits; the system lets go of a
 * dead process's. Not reentrant.
 */
public final class LockFile implements AutoCloseable {
    // The system's locks belong to a process: threads of one process need a lock of their own in front.
    private static final ConcurrentMap<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock inProcess;
    private final FileChannel channel;
    private final FileLock lock;

    private LockFile(ReentrantLock inProcess, FileChannel channel, FileLock lock) {
        this.inProcess = inProcess;
        this.channel = channel;
        this.lock = lock;
    }

    /** Waits for the lock. The file is made if needed and stays; closing gives the lock back, on the same thread. */
    public static LockFile take(Path file) throws IOException {
        Path path = file.toAbsolutePath().normalize();
        ReentrantLock inProcess = IN_PROCESS.computeIfAbsent(path, ignored -> new ReentrantLock());
        inProcess.lock();
        try {
            FileChannel channel = PrivateFiles.openForLock(path);
            try {
                return new LockFile(inProcess, channel, channel.lock());
            } catch (IOException | RuntimeException failed) {
                channel.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            inProcess.unlock();
            throw failed;
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            inProcess.unlock();
        }
    }
}
