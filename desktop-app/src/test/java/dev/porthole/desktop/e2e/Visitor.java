package dev.porthole.desktop.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Someone who opens a public address: one plain HTTP/1.1 connection, so that a test sees each byte. */
final class Visitor implements AutoCloseable {
    /** Long enough for a busy machine; a test that reaches it has failed. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;

    private Visitor(Socket socket, String host) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.host = host;
    }

    /** Opens a connection to the edge that serves {@code address}, on loopback whatever the name says. */
    static Visitor at(String address) throws IOException {
        URI uri = URI.create(address);
        return at(uri.getPort(), uri.getAuthority());
    }

    /** Opens a connection to an edge's port and asks for {@code host} there. */
    static Visitor at(int port, String host) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return new Visitor(socket, host);
    }

    /** One GET on a connection of its own. */
    static Response get(String address, String target) throws IOException {
        try (Visitor visitor = at(address)) {
            visitor.send("GET", target, "");
            return visitor.receive();
        }
    }

    /** Writes a request's head; {@code fields} are whole lines, each with its CRLF. */
    void send(String method, String target, String fields) throws IOException {
        raw(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n");
    }

    void raw(String text) throws IOException {
        raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    InputStream in() {
        return in;
    }

    /** Reads an answer's head. */
    Head head() throws IOException {
        String head = LocalApp.readHead(in);
        if (head.isEmpty()) {
            throw new EOFException("the connection ended before an answer");
        }
        return new Head(Integer.parseInt(head.split(" ", 3)[1]), head);
    }

    /** Reads a whole answer. */
    Response receive() throws IOException {
        Head head = head();
        byte[] body;
        if (head.field("transfer-encoding").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
                all.write(chunk);
            }
            body = all.toByteArray();
        } else if (!head.field("content-length").isEmpty()) {
            body = exactly(Integer.parseInt(head.field("content-length")));
        } else {
            body = new byte[0];
        }
        return new Response(head, body);
    }

    /** Reads one chunk; empty for the last one, whose trailer section is read too. */
    byte[] chunk() throws IOException {
        int length = Integer.parseInt(line().strip(), 16);
        byte[] chunk = exactly(length);
        line();
        return chunk;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended in the middle of a line");
            }
            if (next == '\n') {
                return line.toString();
            }
            line.append((char) next);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** An answer's status and fields, as they came. */
    record Head(int status, String text) {
        /** The value of the first field of that name; empty when there is none. */
        String field(String name) {
            return text.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** A whole answer. */
    record Response(Head head, byte[] body) {
        int status() {
            return head.status();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
