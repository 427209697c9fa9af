package dev.porthole.server.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A probe's connection to a TCP tunnel's port. It sends nothing; the edge answers with one line, in the agent's words:
 * a status, and the nonce or the word of an error.
 *
 * <p>Blocking: for virtual threads.
 */
record TcpProbe(PortProbes expected, Duration limit) {
    private static final int MAX_LINE = 200;

    /** What the line said: {@code 204} and the nonce, or a status and the word of an error. */
    record Line(String status, String word) {}

    Line ask(InetSocketAddress port, String nonce) throws IOException {
        int millis = Math.toIntExact(limit.toMillis());
        int source = 0;
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(millis);
            // Known before it connects: the edge may see it before connect returns.
            socket.bind(new InetSocketAddress(0));
            source = socket.getLocalPort();
            expected.expect(source, nonce);
            socket.connect(port, millis);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = lines.readLine();
            if (line == null || line.length() > MAX_LINE) {
                throw new IOException("the connection ended without a word");
            }
            int space = line.indexOf(' ');
            return space < 0 ? new Line(line, "") : new Line(line.substring(0, space), line.substring(space + 1));
        } finally {
            expected.forget(source);
        }
    }
}
