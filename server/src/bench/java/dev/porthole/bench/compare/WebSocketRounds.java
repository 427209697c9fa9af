package dev.porthole.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One WebSocket (RFC 6455), one small message there and back after the other. */
final class WebSocketRounds {
    private static final byte[] MESSAGE = {(byte) 0x82, (byte) 0x84, 1, 2, 3, 4, 'a', 'b', 'c', 'd'};
    private static final int ECHOED = 6;

    private WebSocketRounds() {}

    /** Rounds a second. */
    static double perSecond(Contender.Address to, int seconds) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            socket.setTcpNoDelay(true);
            out.write(("GET " + EchoApp.ECHO + " HTTP/1.1\r\nHost: " + to.host() + "\r\nConnection: Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String status = Lines.read(in);
            if (status == null || !status.startsWith("HTTP/1.1 101")) {
                throw new IOException("the answer " + status + " (expected: HTTP/1.1 101)");
            }
            for (String line = Lines.read(in); line != null && !line.isEmpty(); ) {
                line = Lines.read(in);
            }
            long begin = System.nanoTime();
            long end = begin + seconds * 1_000_000_000L;
            long rounds = 0;
            while (System.nanoTime() < end) {
                out.write(MESSAGE);
                byte[] echo = in.readNBytes(ECHOED);
                if (echo.length != ECHOED) {
                    throw new IOException("the WebSocket ended after " + rounds + " rounds");
                }
                rounds++;
            }
            return rounds / ((System.nanoTime() - begin) / 1e9);
        }
    }
}
