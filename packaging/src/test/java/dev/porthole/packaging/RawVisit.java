package dev.porthole.packaging;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One exchange of a visitor, byte by byte: whether its answer ends as an answer should is what a test wants to know.
 */
final class RawVisit implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final String authority;

    private RawVisit(Socket socket, String authority) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        this.authority = authority;
    }

    /** Connects to loopback, whatever the address's name says. */
    static RawVisit to(URI address) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Started.PATIENCE_SECONDS));
        return new RawVisit(socket, address.getAuthority());
    }

    /** Sends a head; {@code fields} are whole lines. */
    RawVisit send(String method, String path, String fields) throws IOException {
        out().write((method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n" + fields + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out().flush();
        return this;
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** An answer's head up to its empty line; empty if the connection ended before. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            head.write(octet);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Bytes of a body with a length that still come before the connection ends, however it ends. */
    long readUpTo(long length) {
        byte[] buffer = new byte[64 * 1024];
        long all = 0;
        try {
            while (all < length) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, length - all));
                if (read < 0) {
                    return all;
                }
                all += read;
            }
        } catch (IOException reset) {
            return all;
        }
        return all;
    }

    /** Reads that many bytes of {@link LargeApp}'s; the place of the first one that is wrong or missing, or -1. */
    long firstWrong(long length) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (long all = 0; all < length; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, length - all));
            if (read < 0) {
                return all;
            }
            for (int index = 0; index < read; index++) {
                if (buffer[index] != LargeApp.at(all + index)) {
                    return all + index;
                }
            }
            all += read;
        }
        return -1;
    }

    /** The next byte, or -1 if the connection has ended, however it did. */
    int next() {
        try {
            return in.read();
        } catch (IOException reset) {
            return -1;
        }
    }

    static long length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no length in " + head));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
