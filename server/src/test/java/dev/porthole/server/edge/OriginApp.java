package dev.porthole.server.edge;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program behind a tunnel, on plain sockets: it sees each byte of a request and says each byte of its answer. */
final class OriginApp implements AutoCloseable {
    /** Answers a request; an exception breaks the connection off. What it leaves of the body is read away. */
    @FunctionalInterface
    interface Answer {
        void to(Request request, OutputStream out) throws Exception;
    }

    /** A request's start line and field lines as they came, one character an octet, and its body without framing. */
    record Request(String startLine, List<String> fields, Body body) {
        String target() {
            return startLine.split(" ", -1)[1];
        }

        /** The values of all fields of that name, in order. */
        List<String> values(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(field -> field.substring(start.length()).strip())
                    .toList();
        }
    }

    private final ServerSocket listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Answer answer;

    OriginApp(Answer answer) throws IOException {
        this.answer = answer;
        Thread.ofVirtual().name("origin").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections that are open now. */
    int connections() {
        return connections.size();
    }

    /** Waits until there are no more than so many. */
    void awaitConnections(int most) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (connections.size() > most) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(connections.size() + " connections (expected: " + most + " at most)");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                Thread.ofVirtual().name("origin-connection").start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            for (List<String> head = lines(in); !head.isEmpty(); head = lines(in)) {
                List<String> fields = head.subList(1, head.size());
                Request request = new Request(head.getFirst(), fields, Body.of(in, fields));
                answer.to(request, out);
                out.flush();
                request.body.readAllBytes();
            }
        } catch (Exception brokenOff) {
            ChaosProxy.reset(connection);
        } finally {
            connections.remove(connection);
        }
    }

    /** Lines up to the empty one; none at the end of the connection. */
    private static List<String> lines(InputStream in) throws IOException {
        List<String> lines = new java.util.ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return lines;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return "";
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        connections.forEach(ChaosProxy::reset);
    }

    /** A request's body, by its length or by its chunks. An early end is an {@link IOException}, not an end. */
    static final class Body extends InputStream {
        private final InputStream in;
        private final boolean chunked;
        private long left;
        private boolean ended;
        private List<String> trailers = List.of();

        private Body(InputStream in, boolean chunked, long length) {
            this.in = in;
            this.chunked = chunked;
            this.left = length;
            this.ended = !chunked && length == 0;
        }

        static Body of(InputStream in, List<String> fields) {
            long length = 0;
            boolean chunked = false;
            for (String field : fields) {
                String lower = field.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Long.parseLong(
                            lower.substring("content-length:".length()).strip());
                }
                chunked |= lower.startsWith("transfer-encoding:");
            }
            return new Body(in, chunked, chunked ? 0 : length);
        }

        /** What came after the last chunk; once the body was read. */
        List<String> trailers() {
            return trailers;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (chunked && left == 0 && !ended) {
                left = Long.parseLong(line(in), 16);
                if (left == 0) {
                    ended = true;
                    trailers = lines(in);
                }
            }
            if (ended) {
                return -1;
            }
            int read = in.read(bytes, from, (int) Math.min(length, left));
            if (read < 0) {
                throw new IOException("the request ended " + left + " bytes early");
            }
            left -= read;
            if (left == 0 && chunked) {
                String end = line(in);
                if (!end.isEmpty()) {
                    throw new IOException("a chunk that goes on: " + end);
                }
            } else if (left == 0) {
                ended = true;
            }
            return read;
        }
    }
}
