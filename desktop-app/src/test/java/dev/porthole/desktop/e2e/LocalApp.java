package dev.porthole.desktop.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A program that listens on a port of this computer and answers as a test says, byte for byte: a plain socket, so that
 * it can also answer as no proper server would.
 */
final class LocalApp implements AutoCloseable {
    /**
     * Answers one request; what it does not read of the body is left, and it says itself how the connection goes on.
     */
    @FunctionalInterface
    interface Answer {
        void to(Request request, OutputStream out) throws Exception;
    }

    /** A request as it came in; {@code body} reads straight from the connection. */
    record Request(String method, String target, String head, InputStream body) {
        /** The value of the first field of that name; empty when there is none. */
        String field(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private final ServerSocket listener;
    private final Answer answer;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    private LocalApp(ServerSocket listener, Answer answer) {
        this.listener = listener;
        this.answer = answer;
    }

    /** Listens on a free port of the loopback interface. */
    static LocalApp start(Answer answer) throws IOException {
        return start(0, answer);
    }

    /** Listens on this port; 0 takes a free one. */
    static LocalApp start(int port, Answer answer) throws IOException {
        LocalApp app = new LocalApp(new ServerSocket(port, 512, InetAddress.getLoopbackAddress()), answer);
        Thread.ofVirtual().name("local-app").start(app::accept);
        return app;
    }

    /** Answers everything with this text. */
    static LocalApp saying(String text) throws IOException {
        return start((request, out) -> write(out, text));
    }

    /** Writes a whole 200 answer that keeps the connection. */
    static void write(OutputStream out, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What has been asked, in order. */
    BlockingQueue<Request> requests() {
        return requests;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                Thread.ofVirtual().name("local-app-connection").start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (true) {
                String head = readHead(in);
                if (head.isEmpty()) {
                    return;
                }
                String[] line = head.lines().findFirst().orElseThrow().split(" ", 3);
                Request request = new Request(line[0], line[1], head, in);
                requests.add(request);
                answer.to(request, connection.getOutputStream());
            }
        } catch (Exception ended) {
            // The other side went away, or the answer was to break off.
        } finally {
            connections.remove(connection);
        }
    }

    /** Reads up to and with the empty line; empty at the end of the connection. */
    static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
