package dev.porthole.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One large body in one direction. Returns MiB a second. */
final class Transfer {
    private static final long UPLOAD_BYTES = 256L << 20;
    private static final int PIECE = 1 << 18;

    private Transfer() {}

    /** 1 GiB from the origin's files. */
    static double down(Contender.Address from) throws IOException {
        long begin = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), from.port());
                InputStream in = socket.getInputStream()) {
            say(
                    socket.getOutputStream(),
                    "GET " + Origin.LARGE + " HTTP/1.1\r\nHost: " + from.host() + "\r\nConnection: close\r\n\r\n");
            expectOk(in);
            byte[] piece = new byte[PIECE];
            long bytes = 0;
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                bytes += read;
            }
            if (bytes != Origin.LARGE_BYTES) {
                throw new IOException(bytes + " bytes came (expected: " + Origin.LARGE_BYTES + ")");
            }
        }
        return perSecond(Origin.LARGE_BYTES, begin);
    }

    /** 256 MiB to the app. */
    static double up(Contender.Address to) throws IOException {
        long begin = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
                OutputStream out = socket.getOutputStream()) {
            say(
                    out,
                    "POST " + EchoApp.SINK + " HTTP/1.1\r\nHost: " + to.host() + "\r\nContent-Length: " + UPLOAD_BYTES
                            + "\r\nConnection: close\r\n\r\n");
            byte[] piece = new byte[PIECE];
            for (long left = UPLOAD_BYTES; left > 0; left -= PIECE) {
                out.write(piece);
            }
            expectOk(socket.getInputStream());
        }
        return perSecond(UPLOAD_BYTES, begin);
    }

    private static void say(OutputStream out, String head) throws IOException {
        out.write(head.getBytes(StandardCharsets.US_ASCII));
    }

    private static void expectOk(InputStream in) throws IOException {
        String status = Lines.read(in);
        if (status == null || !status.startsWith("HTTP/1.1 200")) {
            throw new IOException("the answer " + status + " (expected: HTTP/1.1 200)");
        }
        for (String line = Lines.read(in); line != null && !line.isEmpty(); ) {
            line = Lines.read(in);
        }
    }

    private static double perSecond(long bytes, long beginNanos) {
        return bytes / 1048576.0 / ((System.nanoTime() - beginNanos) / 1e9);
    }
}
