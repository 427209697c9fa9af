package dev.porthole.core.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One holder at a time, among all threads of all processes of this computer. Taking it waits; the system lets go of a
 * dead process's. Not reentrant. One that was {@link #tryHold tried} belongs to the process and not to a thread: any
 * thread closes it.
 */
public final class LockFile implements AutoCloseable {
    // The system's locks belong to a process: threads of one process need a lock of their own in front.
    private static final ConcurrentMap<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

    /** Held by this process: closing any other channel of such a file would let go of its lock (fcntl(2)). */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Runnable afterwards;
    private final FileChannel channel;
    private final FileLock lock;

    private LockFile(Runnable afterwards, FileChannel channel, FileLock lock) {
        this.afterwards = afterwards;
        this.channel = channel;
        this.lock = lock;
    }

    /** Holds the lock for this process, at once; empty if someone holds it, in this process or another. */
    public static Optional<LockFile> tryHold(Path file) throws IOException {
        Path path = file.toAbsolutePath().normalize();
        if (!HELD.add(path)) {
            return Optional.empty();
        }
        boolean held = false;
        FileChannel channel = null;
        try {
            channel = PrivateFiles.openForLock(path);
            FileLock lock = channel.tryLock();
            held = lock != null;
            return held ? Optional.of(new LockFile(() -> HELD.remove(path), channel, lock)) : Optional.empty();
        } finally {
            if (!held) {
                HELD.remove(path);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** Waits for the lock. The file is made if needed and stays; closing gives the lock back, on the same thread. */
    public static LockFile take(Path file) throws IOException {
        Path path = file.toAbsolutePath().normalize();
        ReentrantLock inProcess = IN_PROCESS.computeIfAbsent(path, ignored -> new ReentrantLock());
        inProcess.lock();
        try {
            FileChannel channel = PrivateFiles.openForLock(path);
            try {
                return new LockFile(inProcess::unlock, channel, channel.lock());
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
            afterwards.run();
        }
    }
}
