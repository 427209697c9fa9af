package dev.porthole.server.edge;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A visitor that sends exactly the bytes that a test wants and reads answers byte by byte. */
final class RawVisitor implements Closeable {
    /** An answer as it came. {@code complete} tells whether its body reached its proper end. */
    record Reply(
            int status, String statusLine, List<String> fields, byte[] body, List<String> trailers, boolean complete) {
        @Nullable
        String field(String name) {
            return fields(name).isEmpty() ? null : fields(name).getFirst();
        }

        List<String> fields(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(field -> field.substring(start.length()).strip())
                    .toList();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    final Socket socket;
    private final InputStream in;

    RawVisitor(InetSocketAddress edge) throws IOException {
        this(RawHttp2.connected(edge));
    }

    RawVisitor(Socket connected) throws IOException {
        socket = connected;
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    RawVisitor send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawVisitor send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Reply get(String host, String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").read();
    }

    /** The next answer, to a request that was not HEAD. */
    Reply read() throws IOException {
        return read(false);
    }

    Reply read(boolean head) throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.substring(9, 12));
        List<String> fields = lines();
        Reply start = new Reply(status, statusLine, fields, new byte[0], List.of(), true);
        if (head || status < 200 || status == 204 || status == 304) {
            return start;
        }
        String length = start.field("content-length");
        if (length != null) {
            byte[] body = in.readNBytes(Integer.parseInt(length));
            return new Reply(status, statusLine, fields, body, List.of(), body.length == Integer.parseInt(length));
        }
        if ("chunked".equals(start.field("transfer-encoding"))) {
            return chunked(start);
        }
        return new Reply(status, statusLine, fields, rest(), List.of(), true);
    }

    private Reply chunked(Reply start) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            while (true) {
                int size = Integer.parseInt(line(), 16);
                if (size == 0) {
                    List<String> trailers = lines();
                    return new Reply(start.status, start.statusLine, start.fields, body.toByteArray(), trailers, true);
                }
                body.writeBytes(in.readNBytes(size));
                line();
            }
        } catch (IOException cutOff) {
            return new Reply(start.status, start.statusLine, start.fields, body.toByteArray(), List.of(), false);
        }
    }

    /** The start of one answer, its body left to read. */
    Reply readHead() throws IOException {
        String statusLine = line();
        return new Reply(
                Integer.parseInt(statusLine.substring(9, 12)), statusLine, lines(), new byte[0], List.of(), false);
    }

    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the connection ended after: " + line.toString(StandardCharsets.ISO_8859_1));
            }
            if (octet == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(octet);
        }
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return lines;
    }

    byte[] bytes(int count) throws IOException {
        return in.readNBytes(count);
    }

    /** Everything until the connection ends, however it ends. */
    byte[] rest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                rest.write(octet);
            }
        } catch (SocketException reset) {
            // An end as well.
        } catch (IOException late) {
            throw new AssertionError("the connection did not end", late);
        }
        return rest.toByteArray();
    }

    /** Goes away in the middle of whatever is under way. */
    void leave() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
