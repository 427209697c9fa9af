package dev.porthole.desktop.service;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Datagrams to a Unix socket of Linux, as unix(7) has them. By the system's own calls: the JDK's Unix sockets are
 * streams, and Netty's pad an abstract name with zeros, which makes another name of it. Sending never waits. Any
 * thread.
 */
final class UnixDatagrams implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    /** struct sockaddr_un: the family, and this many bytes of a path. */
    private static final int LONGEST_PATH = 108;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_VALUE =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final Arena arena = Arena.ofShared();
    private final MethodHandle sendto;
    private final MethodHandle close;
    private final MemorySegment address;
    private final int descriptor;
    private boolean closed;

    private UnixDatagrams(byte[] path) throws IOException {
        sendto = function(
                "sendto",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));
        close = function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        MethodHandle socket = function(
                "socket",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        // Exactly as long as the name: an abstract one ends where its length says.
        address = arena.allocate(Short.BYTES + (long) path.length, Short.BYTES);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, path.length);
        MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
        try {
            descriptor = (int) socket.invokeExact(errno, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        if (descriptor < 0) {
            throw new IOException("no socket: errno " + (int) ERRNO_VALUE.get(errno, 0L));
        }
    }

    /**
     * A sender to this address: a path, or {@code @} and an abstract name.
     *
     * @throws IOException if there is no such socket's address, or this is not Linux
     */
    static UnixDatagrams to(String address) throws IOException {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw new IOException(address + " (expected: nothing, on a system without systemd)");
        }
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = address.startsWith("@");
        if ((!isAbstract && !address.startsWith("/")) || name.length < 2 || name.length >= LONGEST_PATH) {
            throw new IOException(address + " (expected: a path or @name, of up to " + (LONGEST_PATH - 1) + " bytes)");
        }
        if (isAbstract) {
            name[0] = 0;
        }
        return new UnixDatagrams(name);
    }

    /** Sends one datagram, or fails at once: nobody there, or the receiver's queue is full. */
    synchronized void send(byte[] bytes) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        try (Arena call = Arena.ofConfined()) {
            MemorySegment payload = call.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, payload, ValueLayout.JAVA_BYTE, 0, bytes.length);
            MemorySegment errno = call.allocate(Linker.Option.captureStateLayout());
            long sent = (long) sendto.invokeExact(
                    errno, descriptor, payload, (long) bytes.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, (int)
                            address.byteSize());
            if (sent < 0) {
                throw new IOException("errno " + (int) ERRNO_VALUE.get(errno, 0L));
            }
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (Arena call = Arena.ofConfined()) {
            int _ = (int) close.invokeExact(call.allocate(Linker.Option.captureStateLayout()), descriptor);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        arena.close();
    }

    // The launcher allows native access; the warning is for those who compile.
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor signature) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature, ERRNO);
    }
}
