package dev.porthole.bench.compare;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An app with two pages: {@code /app/echo} sends each WebSocket message back (RFC 6455), {@code /app/sink} swallows
 * what is sent to it. A virtual thread for each connection.
 */
final class EchoApp implements AutoCloseable {
    static final String ECHO = "/app/echo";
    static final String SINK = "/app/sink";

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listener;

    private EchoApp(ServerSocket listener) {
        this.listener = listener;
    }

    static EchoApp open() throws IOException {
        EchoApp app = new EchoApp(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("echo-app").start(app::accept);
        return app;
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The run is over.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                OutputStream out = socket.getOutputStream()) {
            socket.setTcpNoDelay(true);
            for (Map<String, String> head = head(in); head != null; head = head(in)) {
                if (head.containsKey("sec-websocket-key")) {
                    out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: " + accept(head.get("sec-websocket-key")) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    echo(in, out);
                    return;
                }
                swallow(in, out, head);
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException left) {
            // A visitor who leaves: the run says what it missed.
            return;
        }
    }

    /** The fields of a head by lower-case name; null at the connection's end. */
    private static Map<String, String> head(InputStream in) throws IOException {
        Map<String, String> fields = new HashMap<>();
        String line = Lines.read(in);
        if (line == null) {
            return null;
        }
        for (line = Lines.read(in); line != null && !line.isEmpty(); line = Lines.read(in)) {
            int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return fields;
    }

    private static void swallow(InputStream in, OutputStream out, Map<String, String> head) throws IOException {
        if (head.containsKey("expect")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        String length = head.get("content-length");
        if (length != null) {
            in.skipNBytes(Long.parseLong(length));
        } else if ("chunked".equals(head.get("transfer-encoding"))) {
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                in.skipNBytes(size);
                Lines.read(in);
            }
            Lines.read(in);
        }
    }

    private static int chunk(InputStream in) throws IOException {
        String line = Lines.read(in);
        if (line == null) {
            throw new IOException("a body without an end");
        }
        return Integer.parseInt(line, 16);
    }

    /** Small text messages only, which is all that the benchmark sends. */
    private static void echo(InputStream in, OutputStream out) throws IOException {
        for (int first = in.read(); first >= 0; first = in.read()) {
            int length = in.read() & 0x7f;
            byte[] mask = in.readNBytes(4);
            byte[] answer = new byte[2 + length];
            byte[] message = in.readNBytes(length);
            answer[0] = (byte) first;
            answer[1] = (byte) length;
            for (int at = 0; at < length; at++) {
                answer[2 + at] = (byte) (message[at] ^ mask[at & 3]);
            }
            out.write(answer);
        }
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
