package dev.porthole.desktop.app;

import dev.porthole.core.config.PrivateFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One app a home. The first start holds a lock, which ends with its process however it ends, and listens on a Unix
 * domain socket beside it; a later start sends its wish there and goes. The folder is open to its owner only.
 */
final class SingleInstance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SingleInstance.class);
    // Whoever opens connections and says nothing holds some of these, and never a thread or memory without end.
    private static final int CALLERS = 8;

    private final FileChannel lockFile;
    private final FileLock lock;
    private final Path socket;
    private final Semaphore callers = new Semaphore(CALLERS);
    private @Nullable ServerSocketChannel server;

    private SingleInstance(FileChannel lockFile, FileLock lock, Path socket) {
        this.lockFile = lockFile;
        this.lock = lock;
        this.socket = socket;
    }

    /**
     * Becomes the one instance, or tells the one that there is what this start wants.
     *
     * @param folder made if missing, with mode 0700
     * @param wish empty for a start that wants nothing of one that runs
     * @return empty if another process is the one
     */
    static Optional<SingleInstance> claim(Path folder, Optional<InstanceMessage> wish) throws IOException {
        PrivateFiles.createFolder(folder);
        Path socket = folder.resolve("app.sock");
        FileChannel file =
                FileChannel.open(folder.resolve("app.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(file);
        if (lock == null) {
            file.close();
            wish.ifPresent(message -> send(socket, message));
            return Optional.empty();
        }
        return Optional.of(new SingleInstance(file, lock, socket));
    }

    /** Listens from now on; {@code onMessage} is called on a thread of its own. */
    void listen(Consumer<? super InstanceMessage> onMessage) throws IOException {
        // We hold the lock: a socket that is still there is a dead process's.
        Files.deleteIfExists(socket);
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(socket));
        server = listening;
        Thread.ofVirtual().name("single-instance").start(() -> accept(listening, onMessage));
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
            Files.deleteIfExists(socket);
        }
        lock.release();
        lockFile.close();
    }

    private void accept(ServerSocketChannel listening, Consumer<? super InstanceMessage> onMessage) {
        while (listening.isOpen()) {
            try {
                SocketChannel caller = listening.accept();
                if (callers.tryAcquire()) {
                    Thread.ofVirtual().name("single-instance-caller").start(() -> answer(caller, onMessage));
                } else {
                    caller.close();
                }
            } catch (AsynchronousCloseException closed) {
                return;
            } catch (IOException failed) {
                LOG.warn("The single-instance socket failed; a second start can't reach this one", failed);
                return;
            }
        }
    }

    private void answer(SocketChannel caller, Consumer<? super InstanceMessage> onMessage) {
        try (caller) {
            readLine(caller).flatMap(InstanceMessage::parse).ifPresent(onMessage);
        } catch (IOException gone) {
            LOG.debug("A caller went away", gone);
        } finally {
            callers.release();
        }
    }

    /** One line of at most {@link InstanceMessage#LONGEST} bytes; empty if it is longer or has no end. */
    private static Optional<String> readLine(SocketChannel caller) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(InstanceMessage.LONGEST);
        while (bytes.hasRemaining() && caller.read(bytes) >= 0) {
            int last = bytes.position() - 1;
            if (last >= 0 && bytes.get(last) == '\n') {
                return Optional.of(new String(bytes.array(), 0, last, StandardCharsets.US_ASCII));
            }
        }
        return Optional.empty();
    }

    private static void send(Path socket, InstanceMessage message) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer bytes = ByteBuffer.wrap((message.text() + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException notYet) {
            // The other one holds the lock and is only starting or ending: it needs no telling.
            LOG.debug("The running app could not be told to show itself", notYet);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            return null;
        }
    }
}
