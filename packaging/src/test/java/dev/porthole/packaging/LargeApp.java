package dev.porthole.packaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An app for large bodies and long connections, on plain sockets: {@code GET /bytes/N} gives N bytes, {@code POST}
 * takes what comes, {@code GET /socket} upgrades to a protocol that sends back what it gets.
 */
final class LargeApp implements AutoCloseable {
    private static final int PIECE = 64 * 1024;

    private final ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicLong taken = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    LargeApp() throws IOException {
        listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("large-app").start(this::accept);
    }

    String port() {
        return String.valueOf(listener.getLocalPort());
    }

    /** The byte of a body at that place. */
    static byte at(long place) {
        return (byte) (place * 31 + (place >>> 16));
    }

    /** Requests that came, and of them those whose body came to its end. */
    int requests() {
        return requests.get();
    }

    int wholeBodies() {
        return whole.get();
    }

    long taken() {
        return taken.get();
    }

    /** Waits until a megabyte has gone one way or the other, or the upgrade is done. */
    boolean awaitBegun() throws InterruptedException {
        return begun.await(Started.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until a connection of this app has ended. */
    boolean awaitEnded() throws InterruptedException {
        return ended.await(Started.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connections.add(connection);
                Thread.ofVirtual().name("large-app-connection").start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream(), PIECE);
            OutputStream out = connection.getOutputStream();
            for (List<String> head = head(in); !head.isEmpty(); head = head(in)) {
                requests.incrementAndGet();
                String target = head.getFirst().split(" ", -1)[1];
                if (target.equals("/socket")) {
                    echo(in, out);
                } else if (head.getFirst().startsWith("POST")) {
                    take(in, RawVisit.length(String.join("\n", head)), out);
                } else {
                    give(Long.parseLong(target.substring("/bytes/".length())), out);
                }
            }
        } catch (IOException brokenOff) {
            // What the app notices of a kill.
        } finally {
            connections.remove(connection);
            ended.countDown();
        }
    }

    private void give(long length, OutputStream out) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        byte[] piece = new byte[PIECE];
        for (long sent = 0; sent < length; sent += piece.length) {
            int count = (int) Math.min(piece.length, length - sent);
            for (int index = 0; index < count; index++) {
                piece[index] = at(sent + index);
            }
            out.write(piece, 0, count);
            begun(sent);
        }
        out.flush();
    }

    private void take(InputStream in, long length, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        long all = 0;
        while (all < length) {
            int read = in.read(piece, 0, (int) Math.min(piece.length, length - all));
            if (read < 0) {
                throw new IOException("the body ended after " + all + " of " + length + " bytes");
            }
            all += read;
            taken.set(all);
            begun(all);
        }
        whole.incrementAndGet();
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nall\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void echo(InputStream in, OutputStream out) throws IOException {
        out.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        begun.countDown();
        in.transferTo(out);
    }

    private void begun(long bytes) {
        if (bytes > 1024 * 1024) {
            begun.countDown();
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                if (line.isEmpty()) {
                    return lines;
                }
                lines.add(line.toString());
                line.setLength(0);
            } else if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return List.of();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
