package dev.porthole.server.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What may stand between an agent and its edge: a wire that is cut, swallows, or crumbles what it carries, and boxes
 * that know no upgrade but WebSocket.
 */
final class TcpProxy implements AutoCloseable {
    /** What happens to a request with {@code Upgrade: ptth}. */
    enum Upgrades {
        PASS,
        REFUSE,
        STRIP,
        HANG_UP,
        /** It lets the handshake through and then cuts what is no HTTP. */
        CUT_AFTER
    }

    volatile Upgrades upgrades = Upgrades.PASS;
    volatile int refusal = 501;
    volatile boolean swallows;
    volatile boolean oneByteSegments;
    /** Connections that were asked for. */
    final AtomicInteger dials = new AtomicInteger();

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile InetSocketAddress target;
    private ServerSocket listener;

    TcpProxy(InetSocketAddress target) {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    URI uri() {
        return URI.create("http://localhost:" + port);
    }

    /** Where connections go from now on. */
    void target(InetSocketAddress next) {
        target = next;
    }

    /** As a server that was killed: nobody listens, and what was connected is reset. */
    void cut() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        drop();
    }

    /** Resets what is connected; who dials again is let through. */
    void drop() {
        for (Socket socket : Set.copyOf(sockets)) {
            reset(socket);
        }
    }

    /** Listens again where it did. */
    void mend() {
        swallows = false;
        listener = listen(port);
    }

    @Override
    public void close() {
        cut();
    }

    private ServerSocket listen(int wanted) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1024);
            Thread _ = Thread.ofVirtual().start(() -> accept(listening));
            return listening;
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket agent = listening.accept();
                dials.incrementAndGet();
                sockets.add(agent);
                Thread _ = Thread.ofVirtual().start(() -> serve(agent));
            }
        } catch (IOException cut) {
            return;
        }
    }

    private void serve(Socket agent) {
        try (Socket edge = new Socket()) {
            sockets.add(edge);
            agent.setTcpNoDelay(true);
            edge.setTcpNoDelay(true);
            String head = head(agent.getInputStream());
            Upgrades treatment = head.toLowerCase(Locale.ROOT).contains("upgrade: ptth") ? upgrades : Upgrades.PASS;
            if (treatment == Upgrades.REFUSE) {
                agent.getOutputStream()
                        .write(("HTTP/1.1 " + refusal + " No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                agent.close();
                return;
            }
            if (treatment == Upgrades.HANG_UP) {
                agent.close();
                return;
            }
            if (treatment == Upgrades.STRIP) {
                head = head.replaceAll("(?i)(upgrade|connection): [^\r]*\r\n", "");
            }
            edge.connect(target);
            edge.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            if (treatment == Upgrades.CUT_AFTER) {
                agent.getOutputStream().write(head(edge.getInputStream()).getBytes(StandardCharsets.ISO_8859_1));
                reset(agent);
                return;
            }
            Thread back = Thread.ofVirtual().start(() -> pipe(edge, agent));
            pipe(agent, edge);
            back.join();
        } catch (IOException | InterruptedException broken) {
            reset(agent);
        } finally {
            sockets.remove(agent);
        }
    }

    private void pipe(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                if (swallows) {
                    continue;
                }
                if (oneByteSegments) {
                    for (int at = 0; at < n; at++) {
                        out.write(buffer, at, 1);
                    }
                } else {
                    out.write(buffer, 0, n);
                }
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            reset(from);
            reset(to);
        } finally {
            sockets.remove(from);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException already) {
            return;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended in the middle of a head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
