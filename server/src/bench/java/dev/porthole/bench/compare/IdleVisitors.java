package dev.porthole.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Visitors who asked for something once, have their answer, and keep their connection. */
final class IdleVisitors implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();

    IdleVisitors(Contender.Address of, int count) throws IOException {
        byte[] request = ("GET " + Origin.SMALL + " HTTP/1.1\r\nHost: " + of.host() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int visitor = 0; visitor < count; visitor++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), of.port());
            sockets.add(socket);
            socket.getOutputStream().write(request);
            answer(socket.getInputStream());
        }
    }

    private static void answer(InputStream in) throws IOException {
        long length = 0;
        for (String line = Lines.read(in); line != null && !line.isEmpty(); line = Lines.read(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
