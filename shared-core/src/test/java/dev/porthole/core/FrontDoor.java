package dev.porthole.core;

import dev.porthole.core.wire.Ptth;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One port in front of a control plane and an edge, as a server has it: a connection's first line decides. */
final class FrontDoor implements AutoCloseable {
    private final int control;
    private final int edge;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;

    FrontDoor(int control, int edge) {
        this.control = control;
        this.edge = edge;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    URI uri() {
        return URI.create("http://localhost:" + port);
    }

    /** As a server that is down: nobody listens, and what was connected is not any more. */
    void shut() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** Listens again where it did. */
    void open() {
        listener = listen(port);
    }

    @Override
    public void close() throws IOException {
        shut();
    }

    private ServerSocket listen(int wanted) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            Thread _ = Thread.ofVirtual().start(() -> accept(listening));
            return listening;
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket visitor = listening.accept();
                sockets.add(visitor);
                Thread _ = Thread.ofVirtual().start(() -> serve(visitor));
            }
        } catch (IOException shut) {
            return;
        }
    }

    private void serve(Socket visitor) {
        try (visitor) {
            InputStream in = visitor.getInputStream();
            StringBuilder line = new StringBuilder();
            while (line.indexOf("\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                line.append((char) next);
            }
            boolean wire = line.indexOf(" " + Ptth.CONNECT_PATH + " ") > 0;
            try (Socket behind = new Socket(InetAddress.getLoopbackAddress(), wire ? edge : control)) {
                sockets.add(behind);
                visitor.setTcpNoDelay(true);
                behind.setTcpNoDelay(true);
                behind.getOutputStream().write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
                Thread back = Thread.ofVirtual().start(() -> pipe(behind, visitor));
                pipe(visitor, behind);
                back.join();
            }
        } catch (IOException | InterruptedException broken) {
            return;
        }
    }

    private static void pipe(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            try {
                from.close();
                to.close();
            } catch (IOException already) {
                return;
            }
        }
    }
}
